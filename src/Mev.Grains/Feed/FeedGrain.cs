using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Grains.Abstractions.Feed;
using Mev.Grains.Limits;
using Mev.Grains.Shards;
using Mev.Grains.Strategies;
using Orleans.Placement;

namespace Mev.Grains.Feed;

/// <summary>Tells what the feed pump of its silo published; changes nothing.</summary>
[GrainType("feed"), PreferLocalPlacement]
internal sealed class FeedGrain(
    IMarketFeed feed,
    FeedProgress progress,
    MarketShards shards,
    StrategyCatalog catalog,
    DecisionBacklog backlog,
    ShardDrains drains,
    EngineLimits limits,
    EngineInput input) : Grain, IFeedGrain
{
    private const int PoolsPerCallMax = 1_000;

    private object? _layout;
    private PoolId[] _pools = [];

    public ValueTask<FeedView> Describe()
    {
        var state = progress.Current;
        return ValueTask.FromResult(new FeedView
        {
            Description = feed.Description,
            BatchesTotal = feed.BatchesTotal,
            Cursor = state.Cursor,
            IsComplete = state.IsComplete,
            IsFailed = state.IsFailed,
            Trouble = state.Trouble,
            Updates = state.Updates,
            Counts = state.Counts,
            CountedNs = state.CountedNs,
            Pools = state.Pools,
            Cycles = state.Cycles,
            CyclesLeftOut = state.CyclesLeftOut,
            Shards = shards.All.Count,
            Strategies = [.. catalog.Ids],
            Limits = limits.Read(),
            Input = input.Read(),
            WaitingSlots = backlog.OldestSlots(drains.Cursor.Slot),
            Listed = [.. progress.Listed.Select(Listed)],
        });
    }

    public ValueTask<ImmutableArray<PoolId>> Pools(PoolId? after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var all = AllPools();
        var first = 0;
        if (after is { } known)
        {
            var place = Array.BinarySearch(all, known);
            first = place >= 0 ? place + 1 : ~place;
        }
        var count = Math.Min(Math.Min(limit, PoolsPerCallMax), all.Length - first);
        return ValueTask.FromResult(ImmutableArray.Create(all, first, count));
    }

    public ValueTask<bool> HasPool(PoolId pool) => ValueTask.FromResult(Array.BinarySearch(AllPools(), pool) >= 0);

    /// <summary>Shards share pools; a layout never changes, so its list is made once.</summary>
    private PoolId[] AllPools()
    {
        var layout = shards.All;
        if (ReferenceEquals(layout, _layout)) return _pools;
        var pools = new SortedSet<PoolId>();
        foreach (var (shard, _) in layout)
            foreach (var pool in shard.Cycles.Pools) pools.Add(pool.Id);
        (_layout, _pools) = (layout, [.. pools]);
        return _pools;
    }

    private static ListedView Listed(Opportunity opportunity) => new()
    {
        Id = opportunity.Id,
        BaseMint = opportunity.BaseMint,
        GrossProfit = new TokenAmount((ulong)opportunity.GrossProfit.Value),
        Slot = opportunity.Slot,
        Hops = opportunity.Hops,
    };
}
