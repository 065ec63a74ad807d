using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Feed;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Feed;
using Mev.Grains.Abstractions.Shards;
using Mev.Journal.Stores;

namespace Mev.Gateway.Overviews;

/// <summary>
/// Everything at a glance. Feed and candidates count since this process began; decisions are the journal's.
/// </summary>
internal sealed record Overview
{
    public required FeedPart Feed { get; init; }

    public required CandidatePart Candidates { get; init; }

    public required DecisionPart Decisions { get; init; }

    public required OutcomePart Outcomes { get; init; }

    public required LandRate LandRate { get; init; }

    public required ProfitPart Profit { get; init; }

    public required PolicyPart Policy { get; init; }

    public required ModelPart Model { get; init; }

    public required JournalPart Journal { get; init; }

    /// <summary>The decision store and how far it is behind the journal; null where there is none.</summary>
    public required SinkView? Store { get; init; }

    public required ImmutableArray<StrategyPart> Strategies { get; init; }

    public required ImmutableArray<ShardView> Shards { get; init; }

    public required ImmutableArray<ListedView> Listed { get; init; }

    /// <summary>Every bounded place, with how often its bound was met (docs/limits.md).</summary>
    public required ImmutableArray<LimitCount> Limits { get; init; }

    /// <summary>What came and was not taken as it came, by kind (docs/input.md).</summary>
    public required ImmutableArray<InputCount> Input { get; init; }

    internal sealed record FeedPart(
        string Description, ulong Position, ulong? Total, Slot Slot, bool IsComplete, bool IsFailed,
        string Trouble, int Pools, int Cycles, long CyclesLeftOut, long WaitingSlots);

    /// <summary>
    /// Pool updates, and what became of the cycles that they touched, as counted at a time in nanoseconds since 1970
    /// (0 before the first batch).
    /// </summary>
    internal sealed record CandidatePart(
        long CountedNs, long Updates, long Evaluated, long Survivors, long Sized, long Opportunities, long Listed);

    internal sealed record DecisionPart(
        long Total, long Submits, long Skips, long Blocks, SortedDictionary<DecisionReason, long> Reasons);

    internal sealed record OutcomePart(
        long Landed, long Refused, long Expired, long Unknown, long Open, long Duplicates, long Corrections,
        SortedDictionary<OutcomeCause, long> Causes);

    /// <summary>Of landed bundles, after fixed fees; net is after tips.</summary>
    internal sealed record ProfitPart(Lamports Realised, Lamports Tips, Lamports Net);

    internal sealed record PolicyPart(ulong Version, bool IsStopped);

    /// <summary>The model that gives offsets; null for none. With a problem, or stale, they are 0.</summary>
    internal sealed record ModelPart(Digest? Current, bool IsStale, string Problem);

    internal sealed record JournalPart(bool IsAvailable, double LagMs);

    /// <summary>A strategy with the arms of which it knows most.</summary>
    internal sealed record StrategyPart(
        string Id, PosteriorId Posterior, long Submits, long Landed, Lamports Net, ImmutableArray<ArmBelief> TopArms);
}
