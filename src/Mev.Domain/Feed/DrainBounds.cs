using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Feed;

/// <summary>
/// One drain of a conflating run with the decisions upon it: all that they depend on besides the batches of the feed
/// and the drains before.
/// </summary>
public sealed record DrainBounds
{
    /// <summary>
    /// By shard, the last update that it saw: parts of the feed that were shown until then, see
    /// <see cref="PartEvents"/>. Its first one is the one after the last of the drain before.
    /// </summary>
    public required ImmutableArray<ulong> Cuts { get; init; }

    /// <summary>The chain's time that quotes were made at.</summary>
    public required ChainClock Clock { get; init; }

    /// <summary>Of the batch that was being taken after the drain: what is journalled as the cursor.</summary>
    public required FeedCursor Reached { get; init; }

    /// <summary>How far the feed was taken when the decisions began: what was found is so much older.</summary>
    public required Slot DecidedIn { get; init; }

    /// <summary>Outcomes that were taken in before the drain and after the one before it.</summary>
    public required uint Outcomes { get; init; }

    /// <summary>Batches of the feed that had come in when the orders of these decisions were handed in.</summary>
    public required ulong Ordered { get; init; }

    /// <summary>Events that a batch shows at a time: a drain may begin between two such parts of it.</summary>
    public const int PartEvents = 64; // shards wait that long, some 100 us
}
