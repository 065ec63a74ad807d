using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Streams;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Shards;

/// <summary>
/// Evaluates one market shard's cycles over its own copy of their pools. Key: the shard's number, 0 to shards - 1. It
/// runs on the silo that owns it, whose feed pump fills its mailbox and drains it.
/// </summary>
[Alias("mev.market-shard"), GrainInterfaceType("mev.market-shard")]
public interface IMarketShardGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Takes what waits in the mailbox, evaluates the cycles over the changed pools and returns the opportunities,
    /// ascending by id. One turn without an await. Who did not get the answer asks again by the same number and gets
    /// that answer: what was found is told once more and not looked for once more.
    /// </summary>
    /// <param name="number">Of this drain, not 0: another than that of the drain before, whoever asked for it.</param>
    /// <param name="cursor">How far the feed was taken.</param>
    /// <param name="clock">The chain's time that quotes are made at.</param>
    [Alias("drain-numbered")]
    ValueTask<OpportunityBatch> Drain(long number, FeedCursor cursor, ChainClock clock);

    /// <summary>Sizes, counts since the start and the state of the mailbox.</summary>
    [Alias("describe"), ReadOnly, ClientReadable]
    ValueTask<ShardView> Describe();

    /// <summary>Has an observer told of the pools that changed, between drains, for 30 s from now.</summary>
    [Alias("observe"), ClientReadable]
    ValueTask Observe(IStateObserver observer);

    /// <summary>The shard's copy of a pool; null when no cycle of this shard uses it.</summary>
    [Alias("describe-pool"), ReadOnly, ClientReadable]
    ValueTask<PoolView?> DescribePool(PoolId pool);
}
