using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>
/// Finds out what an account is, routes it to the pools that are made of it, and applies values to them. An account
/// that arrives before its pool waits in the <see cref="AccountTable"/>.
/// </summary>
internal sealed class PoolJoiner(
    PoolCreator create, PoolOfAccount poolOf, AssemblerLimits limits, AssemblerCounts counts,
    AccountTable accounts, PoolTable pools)
{
    private readonly List<AccountHistory> _pending = [];
    private readonly List<AssembledPool> _held = [];

    /// <summary>Number of the stream that is read; rises with each gap.</summary>
    public int Source { get; private set; }

    /// <summary>The stream's snapshot is complete.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Accounts that wait to be applied.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>The account's newest value is applied to its pools by the next <see cref="ApplyPending"/>.</summary>
    public void AddPending(AccountHistory account)
    {
        if (account.IsPending) return;
        account.IsPending = true;
        _pending.Add(account);
    }

    /// <summary>Finds the account's role, unless it is known for this owner and length.</summary>
    public void Classify(AccountHistory account, in AccountWrite write)
    {
        var shape = (write.Owner, write.Data.Length);
        if (account.Classified == shape && !account.IsOrphan) return;
        account.Classified = shape;
        if (!write.IsClosed && create(write) is { } pool && TakeUp(account, pool)) return;
        if (account.Own is not null) return;
        var isPart = poolOf(write, out var id);
        if (isPart && pools.TryFind(id, out var whole)) Attach(account, whole);
        if (account.Pools.Count > 0) return;
        counts.UnknownAccounts++;
        accounts.Keep(account, isPart ? id : null, write.Data.Length);
    }

    /// <summary>Applies the newest values of all pending accounts; each of their pools changes once.</summary>
    public void ApplyPending()
    {
        foreach (var account in _pending)
        {
            foreach (var pool in account.Pools)
            {
                if (pool.IsHeld) continue;
                pool.Hold();
                _held.Add(pool);
            }
        }
        foreach (var account in _pending)
        {
            account.IsPending = false;
            var write = account.Newest();
            foreach (var pool in account.Pools) Apply(pool, account, write);
        }
        _pending.Clear();
        foreach (var pool in _held)
        {
            Settle(pool);
            pool.Release();
        }
        _held.Clear();
    }

    /// <summary>Values of undone slots are gone: removes what never existed, restores the rest.</summary>
    public void ApplyUndone()
    {
        foreach (var account in _pending)
        {
            account.IsDoubted = account.IsEmpty && account.HasForgotten;
            if (account.IsDoubted || !(account.IsEmpty || account.IsSentBy(Source))) Doubt(account);
            if (!account.IsEmpty || account.IsDoubted) continue;
            if (account.Own is { } pool) Remove(pool);
            if (account.Pools.Count == 0) accounts.Remove(account);
        }
        ApplyPending();
    }

    /// <summary>Takes a pool out for good: its account does not exist.</summary>
    public void Remove(AssembledPool pool)
    {
        pools.Set(pool, PoolCondition.Closed, true);
        pools.Remove(pool);
        counts.PoolsRemoved++;
        foreach (var part in pool.Pool.Accounts)
        {
            if (!accounts.TryFind(part.Key, out var account)) continue;
            account.Pools.Remove(pool);
            if (account.Own == pool) account.Own = null;
            else if (account.Pools.Count == 0) Release(account);
        }
    }

    /// <summary>The stream broke: every pool is gapped until its accounts are sent again.</summary>
    public void OpenGap()
    {
        Source++;
        IsComplete = false;
        accounts.ForgetLost();
        foreach (var pool in pools.All) pools.Set(pool, PoolCondition.Gapped, true);
    }

    /// <summary>Everything that exists was sent: lifts gaps, and what an earlier stream told last gives way.</summary>
    public void CompleteSnapshot(Slot floor)
    {
        IsComplete = true;
        foreach (var account in accounts.All)
        {
            var isHeld = account.SnapshotBy == Source;
            if (isHeld && account.ForgetEarlierSources(Source, floor)) AddPending(account);
        }
        ApplyPending();
        foreach (var pool in pools.All)
        {
            pools.Set(pool, PoolCondition.Incomplete, accounts.HasLost(pool.Pool.Id));
            if (pool.Has(PoolCondition.Gapped)) LiftGap(pool);
        }
    }

    private bool TakeUp(AccountHistory account, Pool pool)
    {
        if (account.Own is { } own && own.Pool.Protocol == pool.Protocol) return true;
        if (pool.Id.Address != account.Key || pools.Count >= limits.PoolsMax)
        {
            counts.PoolsRefused++;
            return false;
        }
        if (account.Own is not null) Remove(account.Own);
        var entry = pools.Add(pool);
        account.Own = entry;
        Attach(account, entry);
        pools.Set(entry, PoolCondition.Incomplete, !IsComplete || accounts.HasLost(pool.Id));
        foreach (var part in accounts.TakeParts(pool.Id))
        {
            Attach(part, entry);
            AddPending(part);
        }
        return true;
    }

    private void Attach(AccountHistory account, AssembledPool pool)
    {
        if (account.Pools.Contains(pool)) return;
        if (pool.Attached >= limits.AccountsPerPoolMax)
        {
            counts.PoolsRefused++;
            accounts.Lose(pool.Pool.Id);
            pools.Set(pool, PoolCondition.Incomplete, true);
            return;
        }
        pool.Attached++;
        account.Pools.Add(pool);
        accounts.Adopt(account);
    }

    private void Apply(AssembledPool pool, AccountHistory account, in AccountWrite write)
    {
        if (pool.IsRemoved) return;
        if (!pool.Pool.Take(write)) counts.Undecodable++;
        if (account.Own == pool) pools.Set(pool, PoolCondition.Closed, write.IsClosed);
    }

    private void Settle(AssembledPool pool)
    {
        if (pool.IsRemoved) return;
        pool.Pool.Settle();
        while (pool.Pool.Accounts.Length != pool.JoinedAccounts)
        {
            Join(pool);
            pool.Pool.Settle();
        }
        if (IsComplete && pool.Has(PoolCondition.Gapped)) LiftGap(pool);
        pools.MarkChanged(pool);
    }

    /// <summary>Routes the accounts that the pool has come to name; what is known of them is applied at once.</summary>
    private void Join(AssembledPool pool)
    {
        for (var i = 0; i < pool.Pool.Accounts.Length; i++)
        {
            var account = accounts.GetOrAdd(pool.Pool.Accounts[i].Key);
            if (account.Pools.Contains(pool)) continue;
            Attach(account, pool);
            if (!account.IsEmpty && !account.IsPending && !pool.Pool.Take(account.Newest())) counts.Undecodable++;
        }
        pool.JoinedAccounts = pool.Pool.Accounts.Length;
    }

    private void LiftGap(AssembledPool pool)
    {
        foreach (var part in pool.Pool.Accounts)
        {
            if (!accounts.TryFind(part.Key, out var account)) continue;
            var isAbsent = account.IsEmpty || account.IsClosed;
            if (isAbsent ? account.IsDoubted : !account.IsSentBy(Source)) return;
        }
        pools.Set(pool, PoolCondition.Gapped, false);
    }

    // The value that is left is unknown, or of a stream before the last gap.
    private void Doubt(AccountHistory account)
    {
        foreach (var pool in account.Pools) pools.Set(pool, PoolCondition.Gapped, true);
    }

    private void Release(AccountHistory account)
    {
        var newest = account.Newest();
        if (account.IsEmpty) accounts.Remove(account);
        else accounts.Keep(account, poolOf(newest, out var id) ? id : null, newest.Data.Length);
    }
}
