using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>One pool as the assembler holds it.</summary>
internal sealed class AssembledPool(Pool pool)
{
    public Pool Pool { get; } = pool;

    public PoolCondition Condition { get; private set; }

    /// <summary>Stands in the list of changed pools.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Length of the pool's list of accounts when these were last routed to it.</summary>
    public int JoinedAccounts { get; set; }

    /// <summary>Accounts routed to it.</summary>
    public int Attached { get; set; }

    /// <summary>It was removed: writes no longer reach it.</summary>
    public bool IsRemoved { get; set; }

    public bool Has(PoolCondition condition) => (Condition & condition) != 0;

    public void Set(PoolCondition condition, bool holds) =>
        Condition = holds ? Condition | condition : Condition & ~condition;
}
