using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Shards;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Pools;

/// <summary>
/// One pool, for people. Key: the pool account's address in base58. Reads a shard's copy; not on the hot path. Commands
/// quarantine and enable it as changes of the policy.
/// </summary>
[Alias("mev.pool"), GrainInterfaceType("mev.pool")]
public interface IPoolGrain : IGrainWithStringKey
{
    /// <summary>The pool's state; null when no shard has a cycle over it.</summary>
    [Alias("describe"), ReadOnly, ClientReadable]
    ValueTask<PoolView?> Describe();
}
