using System.Globalization;
using Mev.Journal;

namespace Mev.Gateway.Decisions;

/// <summary>
/// What a decision is asked for by: its id (a UUID), or its place in the journal, <c>partition@offset</c>, by which a
/// damaged record is found too.
/// </summary>
internal readonly record struct DecisionName(Guid? Id, LogPosition? Position)
{
    public static bool TryParse(string text, out DecisionName name)
    {
        name = default;
        if (Guid.TryParseExact(text, "D", out var id))
        {
            name = new DecisionName(id, null);
            return true;
        }
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0) return false;
        var isPosition = ushort.TryParse(
                text.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            & long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset);
        name = new DecisionName(null, new LogPosition(new LogPartition(LogTopics.Audit, partition), offset));
        return isPosition;
    }
}
