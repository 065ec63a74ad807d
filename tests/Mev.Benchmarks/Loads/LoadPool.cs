using Mev.Adapters.Paper.Generation;
using Mev.Domain.Pools;

namespace Mev.Benchmarks.Loads;

/// <summary>One pool of the load: its state at rest and the transactions that move it.</summary>
internal sealed class LoadPool(Pool pool, GeneratedAccount[] accounts, int island)
{
    public Pool Pool { get; } = pool;

    /// <summary>Its accounts in the snapshot.</summary>
    public GeneratedAccount[] Accounts { get; } = accounts;

    /// <summary>Pools of one island share cycles; pools of different islands do not.</summary>
    public int Island { get; } = island;

    /// <summary>Two states in which no cycle pays, sent by turns.</summary>
    public PoolVariant[] Rest { get; set; } = [];

    /// <summary>A state that the filter lets pass and exact sizing does not; null for Whirlpools.</summary>
    public PoolVariant? Narrow { get; set; }

    /// <summary>A state in which cycles pay some 0.5 to 3 SOL.</summary>
    public PoolVariant? Gap { get; set; }

    /// <summary>A state in which they pay some ten times as much.</summary>
    public PoolVariant? Big { get; set; }
}
