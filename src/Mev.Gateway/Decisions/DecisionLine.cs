using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Gateway.Wire;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Replay;

namespace Mev.Gateway.Decisions;

/// <summary>One decision in a list.</summary>
internal sealed record DecisionLine
{
    /// <summary>The decision's id; for a damaged record its position, <c>partition@offset</c>.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The record's bytes no longer have their leaf hash: nothing else in this line can be relied on.
    /// </summary>
    public required bool IsDamaged { get; init; }

    public required string DecidedAt { get; init; }

    public required string Strategy { get; init; }

    public required DecisionAction Action { get; init; }

    public required DecisionReason Reason { get; init; }

    public required ulong Slot { get; init; }

    public required Lamports Value { get; init; }

    public required Lamports Tip { get; init; }

    /// <summary>Share of the value that was or would have been bid, in basis points; null without a choice.</summary>
    public required uint? TipBasisPoints { get; init; }

    /// <summary>Unknown unless it is a submit.</summary>
    public required Route Route { get; init; }

    public required string Opportunity { get; init; }

    public required string? Hash { get; init; }

    public required int Partition { get; init; }

    public required long Offset { get; init; }

    /// <summary>The line of a record; one that cannot be decoded is listed by its position.</summary>
    public static DecisionLine Of(int partition, LogRecord record)
    {
        var isDamaged = !AuditRecords.HasItsHash(record);
        var decision = AuditRecords.Parse(record)?.Decision ?? new Contracts.V1.Decision();
        var core = decision.Core ?? new DecisionCore();
        var bytes = NestedBytes.OfCore(record.Entry.Bytes.Span);
        return new DecisionLine
        {
            Id = isDamaged ? $"{partition}@{record.Offset}" : RecordText.Id(decision.DecisionId),
            IsDamaged = isDamaged,
            DecidedAt = Moments.Iso(decision.DecidedNs),
            Strategy = decision.Strategy,
            Action = (DecisionAction)core.Action,
            Reason = (DecisionReason)core.Reason,
            Slot = core.Slot,
            Value = new Lamports(core.Value),
            Tip = new Lamports(core.Tip),
            TipBasisPoints = core.Choice is { Arm: >= 0 } choice ? choice.TipBps : null,
            Route = (Route)core.Route,
            Opportunity = RecordText.Hex(core.OpportunityId),
            Hash = bytes is null ? null : Digest.Of(bytes).ToString(),
            Partition = partition,
            Offset = record.Offset,
        };
    }
}
