using Mev.Domain.Opportunities;

namespace Mev.Grains.Shards;

/// <summary>Brings a shard's copies of its pools to where the feed is.</summary>
internal sealed class ShardIntake(MarketShards shards, DefectCounts defects)
{
    /// <summary>
    /// The shard with all its pools as they were at one moment between two transactions.
    /// Most are taken beside the feed; what changed meanwhile, which is little, while the feed waits.
    /// </summary>
    public IntakeCut Take(int number)
    {
        var updates = 0;
        while (true)
        {
            var layout = shards.All;
            var (shard, mailbox) = layout[number];
            updates += TakePosted(shard, mailbox);
            using var scope = shards.Gate.Take();
            if (!ReferenceEquals(layout, shards.All)) continue; // laid out anew: nobody posts to this mailbox any more
            updates += TakePosted(shard, mailbox);
            return new IntakeCut(shard, updates, shards.Gate.Shown, shards.SlotStartedNs);
        }
    }

    private int TakePosted(MarketShard shard, ShardMailbox mailbox)
    {
        var updates = 0;
        for (; mailbox.TryTake(out var pool, out var source, out var arrivedNs); updates++)
        {
            var state = shard.PoolAt(pool);
            shard.Refresh(pool, source.CopyTo(state), arrivedNs);
            defects.Count(state.Defect);
        }
        return updates;
    }
}
