using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>
/// One pool as the assembler holds it. The assembler's thread alone changes it: its bytes inside the gate only and for
/// a whole transaction at a time, so that a copy taken on any thread is of one moment. While a transaction is open the
/// pool is torn and holds the state before it.
/// </summary>
public sealed class AssembledPool
{
    private readonly PoolAssembler _assembler;
    private readonly Lock _gate = new();
    private PoolCondition _condition;

    internal AssembledPool(Pool pool, int number, PoolAssembler assembler) =>
        (Pool, Number, _assembler) = (pool, number, assembler);

    /// <summary>Its state; for the assembler's thread only.</summary>
    public Pool Pool { get; }

    /// <summary>Numbers the assembler's pools from 0 in the order in which they appeared; never given twice.</summary>
    public int Number { get; }

    /// <summary>What the feed does not know of it.</summary>
    public PoolCondition Condition => _assembler.Report(_condition);

    /// <summary>It may be quoted: the feed is sure of it and its bytes are sound.</summary>
    public bool IsQuotable => Condition == PoolCondition.None && Pool.Defect == PoolDefect.None;

    /// <summary>Stands in the list of changed pools.</summary>
    internal bool IsChanged { get; set; }

    /// <summary>Length of the pool's list of accounts when these were last routed to it.</summary>
    internal int JoinedAccounts { get; set; }

    /// <summary>Accounts routed to it.</summary>
    internal int Attached { get; set; }

    /// <summary>It was removed: writes no longer reach it.</summary>
    internal bool IsRemoved { get; set; }

    /// <summary>The assembler's thread holds the gate.</summary>
    internal bool IsHeld { get; private set; }

    /// <summary>
    /// Makes <paramref name="target"/> equal to the newest whole state and says what the feed does not know of it. From
    /// any thread; waits for the assembler no longer than one transaction takes.
    /// </summary>
    public PoolCondition CopyTo(Pool target)
    {
        lock (_gate)
        {
            target.CopyFrom(Pool);
            return Condition; // set before the bytes that it speaks of
        }
    }

    internal bool Has(PoolCondition condition) => (_condition & condition) != 0;

    internal void Set(PoolCondition condition, bool holds) =>
        _condition = holds ? _condition | condition : _condition & ~condition;

    internal void Hold()
    {
        _gate.Enter();
        IsHeld = true;
    }

    internal void Release()
    {
        IsHeld = false;
        _gate.Exit();
    }
}
