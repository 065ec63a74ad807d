using System.Collections.Frozen;
using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Grains.Shards;

/// <summary>
/// Copies of pools as the feed has them now, all of one moment between two transactions. From any thread.
/// </summary>
public sealed class NewestPools(MarketGate gate)
{
    private FrozenDictionary<PoolId, AssembledPool> _pools = FrozenDictionary<PoolId, AssembledPool>.Empty;
    private ChainClock _clock; // written and read inside the gate

    /// <summary>Takes the pools that are laid out.</summary>
    internal void LayOut(IEnumerable<AssembledPool> pools) =>
        Volatile.Write(ref _pools, pools.ToFrozenDictionary(pool => pool.Id));

    /// <summary>Takes the chain's time, inside the gate.</summary>
    internal void Advance(ChainClock clock) => _clock = clock;

    /// <summary>
    /// The pools in the order of their ids with the chain's time; null when one is not known, or the feed is not sure
    /// of it.
    /// </summary>
    public (ImmutableArray<Pool> Pools, ChainClock Clock)? Copy(IEnumerable<PoolId> ids) =>
        Copy(ids, PoolCondition.None);

    /// <summary>The same, of a pool that a transaction is writing as it was before that one.</summary>
    public (ImmutableArray<Pool> Pools, ChainClock Clock)? CopyBeforeOpen(IEnumerable<PoolId> ids) =>
        Copy(ids, PoolCondition.Torn);

    private (ImmutableArray<Pool> Pools, ChainClock Clock)? Copy(IEnumerable<PoolId> ids, PoolCondition allowed)
    {
        var known = Volatile.Read(ref _pools);
        var copies = ImmutableArray.CreateBuilder<Pool>();
        using var scope = gate.Take();
        foreach (var id in ids)
        {
            if (!known.TryGetValue(id, out var pool) || (pool.Condition & ~allowed) != PoolCondition.None)
                return null;
            copies.Add(pool.Copy());
        }
        return (copies.ToImmutable(), _clock);
    }
}
