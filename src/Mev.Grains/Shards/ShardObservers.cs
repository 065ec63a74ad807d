using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Grains.Abstractions.Streams;
using Mev.Grains.Streams;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Shards;

/// <summary>
/// Tells who observes a shard which of its pools changed, between its drains: what was told last is kept for each pool
/// and compared, so evaluation knows nothing of it.
/// </summary>
internal sealed class ShardObservers(ILogger logger)
{
    private const int PoolsMax = 1_024; // of one message

    private readonly StateWatch _watch = new(logger);
    private (Slot Slot, PoolCondition Condition, double Rate)[] _told = [];
    private MarketShard? _shard;

    public void Add(IGrainBase grain, IStateObserver observer, Func<MarketShard> shard)
    {
        _watch.Add(grain, observer, () => Tell(shard()));
        _told = []; // whoever asks is told of all of them
    }

    private async Task Tell(MarketShard shard)
    {
        var pools = shard.Cycles.Pools.Length;
        if (_shard != shard || _told.Length != pools)
            (_shard, _told) = (shard, new (Slot, PoolCondition, double)[pools]);
        var changed = ImmutableArray.CreateBuilder<PoolSummary>();
        for (var i = 0; i < pools; i++)
        {
            var pool = shard.PoolAt(i);
            var now = (pool.Slot, shard.ConditionOf(i), pool.MarginalRate(SwapDirection.AToB));
            if (_told[i].Equals(now)) continue;
            _told[i] = now;
            changed.Add(Summary(pool, now.Item2, now.Item3));
            if (changed.Count == PoolsMax) await Tell(changed);
        }
        if (changed.Count > 0) await Tell(changed);
    }

    private Task Tell(ImmutableArray<PoolSummary>.Builder changed)
    {
        var pools = changed.ToImmutable();
        changed.Clear();
        return _watch.Tell(observer => observer.Pools(pools));
    }

    private static PoolSummary Summary(Pool pool, PoolCondition condition, double rate) => new()
    {
        Id = pool.Id,
        Protocol = pool.Protocol,
        MintA = pool.MintA,
        MintB = pool.MintB,
        Slot = pool.Slot,
        Defect = pool.Defect,
        Condition = condition,
        RateAToB = rate,
        RateBToA = pool.MarginalRate(SwapDirection.BToA),
    };
}
