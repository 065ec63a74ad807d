using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>
/// Finds out what an account is, routes it to the pools that are made of it, and shows them its values. An account
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

    /// <summary>Accounts whose newest values wait to be shown.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>The account's newest value is shown to its pools by the next <see cref="ShowPending"/>.</summary>
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
        if (account.Pools.Length > 0) return;
        counts.UnknownAccounts++;
        accounts.Keep(account, isPart ? id : null, write.Data.Length);
    }

    /// <summary>Shows the newest values of all pending accounts; each of their pools changes once.</summary>
    public void ShowPending()
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
            account.Show();
            if (account.Own is { IsRemoved: false } own) Name(own, account);
        }
        _pending.Clear();
        foreach (var pool in _held)
        {
            pool.Release();
            if (pool.IsRemoved) continue;
            if (IsComplete && pool.Has(PoolCondition.Gapped)) LiftGap(pool);
            pools.MarkChanged(pool);
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
            if (account.Pools.Length == 0) accounts.Remove(account);
        }
        ShowPending();
    }

    /// <summary>Takes a pool out for good: its account does not exist.</summary>
    public void Remove(AssembledPool pool)
    {
        pools.Set(pool, PoolCondition.Closed, true);
        pools.Remove(pool);
        counts.PoolsRemoved++;
        foreach (var account in pool.Members)
        {
            account.RemovePool(pool);
            if (account.Own == pool) account.Own = null;
            else if (account.Pools.Length == 0) Release(account);
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
        ShowPending();
        foreach (var pool in pools.All)
        {
            pools.Set(pool, PoolCondition.Incomplete, accounts.HasLost(pool.Id));
            if (pool.Has(PoolCondition.Gapped)) LiftGap(pool);
        }
    }

    private bool TakeUp(AccountHistory account, Pool pool)
    {
        if (account.Own is { } own && own.Protocol == pool.Protocol) return true;
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
        if (pool.Members.Count >= limits.AccountsPerPoolMax)
        {
            counts.PoolAccountsRefused++;
            accounts.Lose(pool.Id);
            pools.Set(pool, PoolCondition.Incomplete, true);
            return;
        }
        pool.Add(account);
        account.AddPool(pool);
        accounts.Adopt(account);
    }

    /// <summary>Takes what a pool account says: whether the pool exists, and what further accounts it has.</summary>
    private void Name(AssembledPool pool, AccountHistory own)
    {
        pools.Set(pool, PoolCondition.Closed, own.IsClosed || own.IsEmpty);
        foreach (var named in pool.NewNames(own)) Attach(accounts.GetOrAdd(named.Key), pool);
    }

    private void LiftGap(AssembledPool pool)
    {
        foreach (var account in pool.Members)
        {
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
