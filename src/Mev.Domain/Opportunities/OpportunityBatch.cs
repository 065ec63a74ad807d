using System.Collections.Immutable;
using Mev.Domain.Feed;
using Orleans;

namespace Mev.Domain.Opportunities;

/// <summary>What one drain of one or all shards found: a strategy decides upon it in one turn and one append.</summary>
[GenerateSerializer, Immutable, Alias("mev.opportunity-batch")]
public sealed record OpportunityBatch
{
    /// <summary>Sized cycles that a shard names at most, and an intent's record too; the others are counted.</summary>
    public const int BestMax = 16;

    /// <summary>How far the feed was taken.</summary>
    [Id(0)] public required FeedCursor Cursor { get; init; }

    /// <summary>
    /// The opportunities in the order in which they are decided upon: ascending by id in lock-step, else what was seen
    /// last first, and of that the most profitable.
    /// </summary>
    [Id(1)] public required ImmutableArray<Opportunity> Opportunities { get; init; }

    /// <summary>Counts of the drain.</summary>
    [Id(2)] public required DrainCounts Counts { get; init; }

    /// <summary>
    /// The most profitable of the cycles that were sized, opportunity or not, at most <see cref="BestMax"/> for each
    /// shard; empty when nothing was found.
    /// </summary>
    [Id(3)] public ImmutableArray<SizedCandidate> Best { get; init; } = [];

    /// <summary>
    /// When the first update of the chain's slot arrived, nanoseconds since 1970; 0 where the feed has no times of its
    /// own.
    /// </summary>
    [Id(4)] public long SlotStartedNs { get; init; }

    /// <summary>
    /// Of one shard's batch, the last update that it saw: parts of the feed that were shown to it until then.
    /// </summary>
    [Id(5)] public ulong Shown { get; init; }

    /// <summary>
    /// Holds what the opportunities name as their accounts, for whoever decides to release; empty when the batch came
    /// from another silo, whose copy belongs to the batch alone.
    /// </summary>
    [field: NonSerialized] public ImmutableArray<QuotedAccounts> Accounts { get; init; } = [];
}
