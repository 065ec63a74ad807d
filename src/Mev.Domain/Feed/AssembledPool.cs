using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>
/// One pool as the assembler knows it: which accounts it is made of and what is doubtful about it. Whoever quotes has a
/// pool object of its own and brings it up to date with <see cref="CopyTo"/>, on any thread: the values that are copied
/// change inside the pool's gate only, a whole transaction at a time. While a transaction is open the pool is torn and
/// its values are those before it.
/// </summary>
public sealed class AssembledPool
{
    private readonly PoolAssembler _assembler;
    private readonly List<AccountHistory> _members = []; // the pool account first, then as they were named or appeared
    private readonly Pool _named; // knows the pool account and what it names, nothing else
    private SpinLock _gate = new(enableThreadOwnerTracking: false);
    private PoolCondition _condition;
    private ulong _mark; // of the names taken

    internal AssembledPool(Pool named, int number, PoolAssembler assembler) =>
        (_named, Number, _assembler) = (named, number, assembler);

    /// <summary>Address of the pool account.</summary>
    public PoolId Id => _named.Id;

    /// <summary>The program that it belongs to.</summary>
    public Protocol Protocol => _named.Protocol;

    /// <summary>Numbers the assembler's pools from 0 in the order in which they appeared; never given twice.</summary>
    public int Number { get; }

    /// <summary>What the feed does not know of it.</summary>
    public PoolCondition Condition => _assembler.Report(_condition);

    /// <summary>Its accounts, the pool account first; for the assembler's thread.</summary>
    internal List<AccountHistory> Members => _members;

    /// <summary>Stands in the list of changed pools.</summary>
    internal bool IsChanged { get; set; }

    /// <summary>It was removed: writes no longer reach it.</summary>
    internal bool IsRemoved { get; set; }

    /// <summary>The assembler's thread holds the gate.</summary>
    internal bool IsHeld { get; private set; }

    /// <summary>
    /// Makes <paramref name="target"/> equal to the newest whole state and says what the feed does not know of it.
    /// Accounts that the target has in this version already are left alone. From any thread; waits for the assembler
    /// no longer than one transaction takes.
    /// </summary>
    public PoolCondition CopyTo(Pool target)
    {
        PoolCondition condition;
        Enter();
        try
        {
            condition = Condition; // set before the values that it speaks of
            for (var i = 0; i < _members.Count; i++)
            {
                var member = _members[i];
                if (member.IsShown && !target.Holds(i, member.Key, member.ShownVersion)) target.Take(member.Shown());
            }
        }
        finally
        {
            _gate.Exit();
        }
        target.Settle();
        return condition;
    }

    /// <summary>A new pool object of the newest whole state.</summary>
    public Pool Copy()
    {
        var copy = _named.NewEmpty();
        CopyTo(copy);
        return copy;
    }

    /// <summary>
    /// The accounts that the pool account names, itself among them, when they are others than at the last call; empty
    /// when nothing changed.
    /// </summary>
    internal ReadOnlySpan<PoolAccount> NewNames(AccountHistory own)
    {
        var write = own.Shown();
        var mark = _named.MarkOfNames(write.Data.Span);
        if (mark == _mark) return [];
        _mark = mark;
        _named.Take(write);
        return _named.Accounts;
    }

    internal bool Has(PoolCondition condition) => (_condition & condition) != 0;

    internal void Set(PoolCondition condition, bool holds) =>
        _condition = holds ? _condition | condition : _condition & ~condition;

    internal void Add(AccountHistory member)
    {
        var isHeld = IsHeld;
        if (!isHeld) Hold();
        _members.Add(member);
        if (!isHeld) Release();
    }

    internal void Hold()
    {
        Enter();
        IsHeld = true;
    }

    internal void Release()
    {
        IsHeld = false;
        _gate.Exit();
    }

    private void Enter()
    {
        var isTaken = false;
        _gate.Enter(ref isTaken);
    }
}
