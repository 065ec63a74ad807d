using Mev.Domain.Opportunities;

namespace Mev.Grains.Shards;

/// <summary>The market shards of this silo, as the feed pump laid them out; replaced whole when pools appear.</summary>
public sealed class MarketShards
{
    private IReadOnlyList<(MarketShard Shard, ShardMailbox Mailbox)> _all = [];
    private long _slotStartedNs;

    /// <summary>Of the pools that the feed pump lays out.</summary>
    public MarketShards() => Newest = new NewestPools(Gate);

    /// <summary>Where feed and shards meet.</summary>
    public MarketGate Gate { get; } = new();

    /// <summary>The pools as the feed has them now, for whoever values something beside the shards.</summary>
    public NewestPools Newest { get; }

    /// <summary>
    /// When the first update of the newest slot arrived, nanoseconds since 1970; 0 where the feed has no times of its
    /// own.
    /// </summary>
    public long SlotStartedNs
    {
        get => Volatile.Read(ref _slotStartedNs);
        set => Volatile.Write(ref _slotStartedNs, value);
    }

    /// <summary>The layout in force.</summary>
    public IReadOnlyList<(MarketShard Shard, ShardMailbox Mailbox)> All
    {
        get => Volatile.Read(ref _all);
        set => Volatile.Write(ref _all, value);
    }
}
