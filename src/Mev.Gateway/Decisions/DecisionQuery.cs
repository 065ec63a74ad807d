using Mev.Domain.Decisions;
using Mev.Journal;

namespace Mev.Gateway.Decisions;

/// <summary>Which decisions are asked for.</summary>
/// <param name="Partitions">Partitions of the audit topic that may hold them, ascending.</param>
/// <param name="After">Where the page before ended; null for the newest.</param>
/// <param name="Limit">Decisions at most.</param>
/// <param name="Strategy">Of this strategy only; null for all.</param>
/// <param name="Action">Of this action only; Unknown for all.</param>
internal sealed record DecisionQuery(
    IReadOnlyList<int> Partitions, PageCursor? After, int Limit, string? Strategy, DecisionAction Action)
{
    public bool Takes(RecordType type) => type switch
    {
        RecordType.Intent => Action is DecisionAction.Unknown or DecisionAction.Submit,
        RecordType.Skip => Action is DecisionAction.Unknown or DecisionAction.Skip,
        RecordType.Block => Action is DecisionAction.Unknown or DecisionAction.Block,
        _ => false,
    };
}
