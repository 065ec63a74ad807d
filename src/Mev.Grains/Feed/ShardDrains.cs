using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Shards;

namespace Mev.Grains.Feed;

/// <summary>
/// Lets every shard evaluate what the feed has brought, and makes one batch of what they find. The feed's side says how
/// far it is; one drain goes on at a time, in lock-step or beside the feed.
/// </summary>
internal sealed class ShardDrains(MarketShards shards, FeedProgress progress, IGrainFactory grains)
{
    private readonly Lock _gate = new();
    private DrainPoint _point = new(default, default);
    private FeedCursor _reached; // of the batch that is being taken, ahead of _point

    /// <summary>How far the feed was taken.</summary>
    public FeedCursor Cursor => Volatile.Read(ref _point).Cursor;

    /// <summary>What became of all candidates so far.</summary>
    public DrainCounts Counts { get; private set; }

    /// <summary>The feed begins to take a batch: from now on a drain may see states of it.</summary>
    public void Begin(FeedCursor batch)
    {
        lock (_gate) _reached = batch;
    }

    /// <summary>The feed has taken a batch.</summary>
    public void End(FeedCursor batch, ChainClock clock) => Volatile.Write(ref _point, new DrainPoint(batch, clock));

    /// <summary>
    /// What is to be decided upon, or null. Shards see the newest states, of batches also that are taken meanwhile; the
    /// cursor covers them all, so that no restart decides upon one of them again.
    /// </summary>
    public async Task<OpportunityBatch?> Drain()
    {
        var point = Volatile.Read(ref _point);
        var drains = new Task<OpportunityBatch>[shards.All.Count];
        for (var shard = 0; shard < drains.Length; shard++)
            drains[shard] = grains.GetGrain<IMarketShardGrain>(shard).Drain(point.Cursor, point.Clock).AsTask();
        List<OpportunityBatch>? found = null;
        var counts = default(DrainCounts);
        foreach (var drain in drains)
        {
            var batch = await drain;
            counts += batch.Counts;
            if (batch.Opportunities.Length > 0) (found ??= []).Add(batch);
        }
        Counts += counts;
        if (found is null) return null;
        if (counts.Listed > 0)
            progress.List(found.SelectMany(batch => batch.Opportunities).Where(o => o.BaseMint != Mints.Wsol));
        FeedCursor reached;
        lock (_gate) reached = _reached;
        var merged = DecidableBatch.Merge(reached, found) with { Counts = counts };
        if (merged.Opportunities.Length > 0) return merged;
        DecidableBatch.Release(merged);
        return null;
    }

    /// <summary>Lets every shard evaluate and drops what is found.</summary>
    public async Task Drop()
    {
        if (await Drain() is { } found) DecidableBatch.Release(found);
    }

    private sealed record DrainPoint(FeedCursor Cursor, ChainClock Clock);
}
