using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Grains.Shards;

/// <summary>One pool state on its way to a shard.</summary>
public sealed class ShardPoolState(Pool pool)
{
    /// <summary>The state.</summary>
    public Pool Pool { get; } = pool;

    /// <summary>Whether it may be quoted.</summary>
    public PoolCondition Condition { get; internal set; }

    /// <summary>
    /// Arrival of the oldest update that this state includes and the shard has not seen, ns since 1970.
    /// </summary>
    public long ArrivedNs { get; internal set; }
}
