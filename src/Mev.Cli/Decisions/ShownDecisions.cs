using System.Text.Json;
using Mev.Cli.Gateways;

namespace Mev.Cli.Decisions;

/// <summary>Which decisions a tail has shown, by their places in the journal's partitions.</summary>
internal sealed class ShownDecisions
{
    private readonly Dictionary<long, long> _newest = [];
    private string? _first;
    private string _last = "";

    /// <summary>It was shown, or is older than what the tail began with.</summary>
    public bool Has(JsonElement line) =>
        _newest.TryGetValue(line.Number("partition"), out var offset)
            ? line.Number("offset") <= offset
            : string.CompareOrdinal(line.Text("id"), _first) <= 0; // a partition that had nothing among the first

    /// <summary>Notes one as shown.</summary>
    public void Add(JsonElement line)
    {
        var partition = line.Number("partition");
        _newest[partition] = Math.Max(_newest.GetValueOrDefault(partition, -1), line.Number("offset"));
        if (string.CompareOrdinal(line.Text("id"), _last) > 0) _last = line.Text("id"); // ids rise with time
    }

    /// <summary>What was added so far is what the tail begins with.</summary>
    public void Begun() => _first ??= _last;
}
