using System.Globalization;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Journal.Replay;
using Spectre.Console;

namespace Mev.Cli.Replay;

/// <summary>Replays every decision of a range of slots, the newest first, and sums up.</summary>
internal sealed class ReplayRun(GatewayClient gateway, Output output)
{
    private const int PageLimit = 500;
    private const int ShownMax = 20; // of those that are not equal; all are counted, and --json names all

    private readonly RecordReplay _replay = new(gateway);
    private readonly ReplayTally _tally = new();
    private readonly List<(string Id, ReplayReport Report)> _unequal = [];

    public async Task<int> Run(ulong from, ulong to, CancellationToken cancellationToken)
    {
        var overview = await gateway.Get("/v1/overview", cancellationToken);
        var total = overview.Number("decisions.total");
        if (output.IsJson || Console.IsOutputRedirected)
        {
            await RunAll(from, to, _ => { }, cancellationToken);
        }
        else
        {
            await output.Terminal.Progress().StartAsync(async progress =>
            {
                var task = progress.AddTask("replaying", maxValue: Math.Max(1, total));
                await RunAll(from, to, done => task.Value = done, cancellationToken);
                task.Value = task.MaxValue;
            });
        }
        if (output.IsJson) output.JsonLine(_tally.Counts.ToDictionary(count => $"{count.Key}", count => count.Value));
        else Summarise();
        return _tally.Code;
    }

    private async Task RunAll(ulong from, ulong to, Action<long> looked, CancellationToken cancellationToken)
    {
        var count = 0L;
        for (var after = ""; ;)
        {
            var page = await gateway.Get($"/v1/decisions?limit={PageLimit}{after}", cancellationToken);
            foreach (var line in page.Items("decisions"))
            {
                looked(++count);
                if (IsInRange(line, from, to)) await Replay(line, cancellationToken);
            }
            if (!page.IsThere("next")) return;
            after = $"&after={page.Text("next")}";
        }
    }

    /// <summary>What a damaged line says of its slot cannot be relied on: it is always looked at.</summary>
    private static bool IsInRange(JsonElement line, ulong from, ulong to) =>
        line.Text("isDamaged") == "yes"
        || (ulong.TryParse(line.Text("slot"), CultureInfo.InvariantCulture, out var slot)
            && slot >= from && slot <= to);

    private async Task Replay(JsonElement line, CancellationToken cancellationToken)
    {
        var id = line.Text("id");
        var report = await _replay.Run(id, cancellationToken);
        _tally.Add(report);
        if (report.IsEqual) return;
        if (output.IsJson) output.JsonLine(ReplayLine.Of(id, report));
        else if (_unequal.Count < ShownMax) _unequal.Add((id, report));
    }

    private void Summarise()
    {
        foreach (var (id, report) in _unequal) output.Line($"{id}: {report.Text}");
        var counts = string.Join(", ", _tally.Counts.Select(entry => $"{entry.Value} {Words(entry.Key)}"));
        output.Line(_tally.Total == 0 ? "No decision in this range." : $"{_tally.Total} replayed: {counts}.");
    }

    private static string Words(ReplayVerdict verdict) => verdict switch
    {
        ReplayVerdict.Equal => "equal",
        ReplayVerdict.EqualWithoutSizing => "equal (skips: sizing is not replayed, they keep no account bytes)",
        ReplayVerdict.Different => "DIFFERENT",
        ReplayVerdict.BlobMissing => "with a missing blob",
        ReplayVerdict.BlobDamaged => "with a DAMAGED blob",
        ReplayVerdict.RecordDamaged => "DAMAGED",
        _ => "not replayable by this build",
    };
}
