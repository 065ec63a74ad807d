using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>
/// One pool of the paper chain: as it is there, and while a landing moved it also as the feed alone says.
/// </summary>
internal sealed class LedgerPool(Pool actual)
{
    private Pool? _recorded;

    /// <summary>The state on the paper chain.</summary>
    public Pool Actual { get; } = actual;

    /// <summary>The feed's own state; the same object as <see cref="Actual"/> while the pool is not moved.</summary>
    public Pool Recorded => _recorded ?? Actual;

    /// <summary>The two states differ, or did so at the last look.</summary>
    public bool IsMoved => _recorded is not null;

    /// <summary>How many of the pool's accounts the ledger has indexed.</summary>
    public int AccountsIndexed { get; set; }

    /// <summary>Remembers the feed's own state before the paper chain's is changed.</summary>
    public void BeginMove()
    {
        if (_recorded is not null) return;
        _recorded = Actual.NewEmpty();
        _recorded.CopyFrom(Actual);
    }

    /// <summary>The two states are one again; what differs was brought over by the caller.</summary>
    public void EndMove() => _recorded = null;

    /// <summary>Takes a write of the feed into both states.</summary>
    public void Take(in AccountWrite write)
    {
        TakeRecorded(write);
        if (_recorded is not null) Take(Actual, write);
    }

    /// <summary>Takes a write of the feed into the feed's own state only.</summary>
    public void TakeRecorded(in AccountWrite write) => Take(Recorded, write);

    /// <summary>The write is newer than what the feed said of that account before.</summary>
    public bool IsNews(in AccountWrite write) => IsNewer(write, Find(Recorded, write.Key));

    /// <summary>The account's bytes on the paper chain are not those of the feed.</summary>
    public bool Differs(in Pubkey key) =>
        _recorded is not null && !IsSame(Find(Actual, key), Find(_recorded, key));

    /// <summary>All accounts hold the same bytes in both states.</summary>
    public bool IsRejoined()
    {
        if (_recorded is null) return true;
        foreach (var account in Actual.Accounts)
            if (!IsSame(account, Find(_recorded, account.Key))) return false;
        return Actual.Accounts.Length == _recorded.Accounts.Length;
    }

    /// <summary>The pool's account of that address; null when it has none.</summary>
    public static PoolAccount? Find(Pool pool, in Pubkey key)
    {
        foreach (var account in pool.Accounts)
            if (account.Key == key) return account;
        return null;
    }

    private static void Take(Pool pool, in AccountWrite write)
    {
        if (IsNewer(write, Find(pool, write.Key))) pool.Apply(write);
    }

    private static bool IsNewer(in AccountWrite write, PoolAccount? known)
    {
        if (known is null) return true;
        var order = write.Slot.CompareTo(known.Slot);
        if (order != 0) return order > 0;
        return !write.IsStartup && write.WriteVersion > known.WriteVersion;
    }

    private static bool IsSame(PoolAccount? left, PoolAccount? right)
    {
        if (left is null || right is null) return ReferenceEquals(left, right);
        return left.Exists == right.Exists && left.Data.SequenceEqual(right.Data);
    }
}
