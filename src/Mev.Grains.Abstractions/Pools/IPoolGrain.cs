using Mev.Grains.Abstractions.Shards;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Pools;

/// <summary>
/// One pool, for people: inspect, quarantine, enable. Key: the pool account's address in base58. Reads a shard's copy;
/// not on the hot path.
/// </summary>
[Alias("mev.pool"), GrainInterfaceType("mev.pool")]
public interface IPoolGrain : IGrainWithStringKey
{
    /// <summary>The pool's state; null when no shard has a cycle over it.</summary>
    [Alias("describe"), ReadOnly]
    ValueTask<PoolView?> Describe();

    /// <summary>
    /// Keeps every cycle from using the pool until <see cref="Enable"/>; journalled as a policy change.
    /// </summary>
    [Alias("quarantine")]
    ValueTask Quarantine(string reason);

    /// <summary>Lifts a quarantine; journalled as a policy change.</summary>
    [Alias("enable")]
    ValueTask Enable(string reason);
}
