using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>
/// The account bytes of a set of pools as the paper chain has them: what the feed wrote and, on top of it, what
/// landings and orders executed again did. It knows of each pool whether it was moved, that is whether its bytes differ
/// from those of the feed alone. Not thread-safe.
/// </summary>
public sealed class PaperLedger
{
    private readonly PoolCreator _creator;
    private readonly PoolOfAccount _poolOfAccount;
    private readonly Dictionary<PoolId, LedgerPool> _pools = [];
    private readonly Dictionary<Pubkey, LedgerAccount> _accounts = [];
    private readonly PaperLimits _limits;
    private readonly LedgerOrphans _orphans;
    private readonly HashSet<Slot> _dead = [];
    private readonly Queue<Slot> _deadInOrder = [];

    /// <summary>An empty ledger.</summary>
    /// <param name="creator">Makes the pool whose pool account a write is.</param>
    /// <param name="poolOfAccount">Says to which pool a tick array belongs.</param>
    /// <param name="limits">Its bounds; the defaults when null.</param>
    public PaperLedger(PoolCreator creator, PoolOfAccount poolOfAccount, PaperLimits? limits = null)
    {
        (_creator, _poolOfAccount, _limits) = (creator, poolOfAccount, limits ?? new PaperLimits());
        _orphans = new LedgerOrphans(_limits);
    }

    /// <summary>Pools known.</summary>
    public int PoolsCount => _pools.Count;

    /// <summary>Pools whose bytes differ from those of the feed alone.</summary>
    public int MovedCount { get; private set; }

    /// <summary>Accounts that were not kept because too many came before their pools.</summary>
    public long AccountsLost => _orphans.Lost;

    /// <summary>Dead slots that were forgotten: a pool last written in one of them counts as known.</summary>
    public long DeadSlotsForgotten { get; private set; }

    internal WriteVersions Versions { get; } = new();

    /// <summary>The pool as it is on the paper chain; null when it is not known. To be read, not changed.</summary>
    public Pool? Find(PoolId pool) => _pools.GetValueOrDefault(pool)?.Actual;

    /// <summary>The pool as the feed alone says; null when it is not known. To be read, not changed.</summary>
    public Pool? FindRecorded(PoolId pool) => _pools.GetValueOrDefault(pool)?.Recorded;

    /// <summary>The pool's bytes differ from those of the feed alone.</summary>
    public bool IsMoved(PoolId pool) => _pools.TryGetValue(pool, out var known) && known.IsMoved;

    /// <summary>
    /// The pool can be executed on: all its accounts are there and none was last written in a slot that died.
    /// </summary>
    public bool IsKnown(PoolId pool) => _pools.TryGetValue(pool, out var known) && IsKnown(known.Actual);

    /// <summary>
    /// Takes a write of the feed into every pool that reads the account. Older and repeated writes change nothing.
    /// </summary>
    public void Load(in AccountWrite write)
    {
        if (_accounts.TryGetValue(write.Key, out var account))
        {
            account.Lamports = write.Lamports;
            for (var i = 0; i < account.Owners.Count; i++) Take(account.Owners[i], write);
        }
        else if (_creator(write) is { } created)
        {
            Add(new LedgerPool(created), write);
        }
        else if (_poolOfAccount(write, out var id))
        {
            if (_pools.TryGetValue(id, out var owner)) TakeNew(owner, write);
            else _orphans.Keep(write, id);
        }
        else
        {
            _orphans.Keep(write);
        }
    }

    /// <summary>
    /// Executes a swap on the paper chain's bytes, which moves the pool, and appends a write for every changed account,
    /// in that clock's slot, with rising versions. On an error nothing changes.
    /// </summary>
    internal Quote Execute(
        in SwapOrder order, in ChainClock clock, in TransactionSignature transaction, EventBuffer changed)
    {
        if (!_pools.TryGetValue(order.Pool, out var pool)) return Quote.Refused(QuoteError.NotQuotable);
        BeginMove(pool);
        var first = Versions.Last + 1;
        var quote = pool.Actual.Execute(order.Direction, order.AmountIn, clock, first);
        if (quote.IsOk) Emit(pool.Actual, first, transaction, changed);
        else EndMoveIfRejoined(pool);
        return quote;
    }

    internal LedgerPool? FindPool(PoolId pool) => _pools.GetValueOrDefault(pool);

    internal List<LedgerPool>? OwnersOf(in Pubkey account) => _accounts.GetValueOrDefault(account)?.Owners;

    /// <summary>
    /// What was written in that slot never happened: its pools are not known until they are written again.
    /// </summary>
    internal void MarkDead(Slot slot)
    {
        if (!_dead.Add(slot)) return;
        _deadInOrder.Enqueue(slot);
        if (_deadInOrder.Count <= _limits.DeadSlotsMax) return;
        _dead.Remove(_deadInOrder.Dequeue());
        DeadSlotsForgotten++;
    }

    internal void BeginMove(LedgerPool pool)
    {
        if (!pool.IsMoved) MovedCount++;
        pool.BeginMove();
    }

    internal bool EndMoveIfRejoined(LedgerPool pool)
    {
        if (!pool.IsMoved || !pool.IsRejoined()) return false;
        EndMove(pool);
        return true;
    }

    /// <summary>
    /// The feed's bytes win: appends a write for every account that still differs, and the pool is no longer moved.
    /// </summary>
    internal void Reset(LedgerPool pool, Slot slot, in TransactionSignature transaction, EventBuffer changed)
    {
        foreach (var account in pool.Recorded.Accounts)
        {
            if (!pool.Differs(account.Key)) continue;
            var write = WriteOf(account, slot, Versions.Next(), transaction, changed.Copy(account.Data));
            pool.Actual.Apply(write);
            changed.Add(write);
        }
        EndMove(pool);
    }

    /// <summary>Appends a write for every account whose version is at least <paramref name="first"/>.</summary>
    internal void Emit(Pool pool, ulong first, in TransactionSignature transaction, EventBuffer changed)
    {
        foreach (var account in pool.Accounts)
        {
            if (account.WriteVersion < first) continue;
            Versions.Advance(account.WriteVersion);
            changed.Add(WriteOf(
                account, account.Slot, account.WriteVersion, transaction, changed.Copy(account.Data)));
        }
    }

    private bool IsKnown(Pool pool)
    {
        if (pool.Defect != PoolDefect.None) return false;
        if (_dead.Count == 0) return true;
        foreach (var account in pool.Accounts)
            if (_dead.Contains(account.Slot)) return false;
        return true;
    }

    private void EndMove(LedgerPool pool)
    {
        if (!pool.IsMoved) return;
        MovedCount--;
        pool.EndMove();
    }

    private void Add(LedgerPool pool, in AccountWrite write)
    {
        _pools.Add(pool.Actual.Id, pool);
        TakeNew(pool, write);
        foreach (var key in _orphans.TakeKeysOf(pool.Actual.Id))
            if (_orphans.TryTake(key, out var waiting)) TakeNew(pool, waiting);
    }

    private void TakeNew(LedgerPool pool, in AccountWrite write)
    {
        Take(pool, write);
        if (_accounts.TryGetValue(write.Key, out var account)) account.Lamports = write.Lamports;
    }

    private void Take(LedgerPool pool, in AccountWrite write)
    {
        pool.Take(write);
        while (pool.AccountsIndexed != pool.Recorded.Accounts.Length)
        {
            pool.AccountsIndexed = pool.Recorded.Accounts.Length;
            for (var i = 0; i < pool.AccountsIndexed; i++) Index(pool, pool.Recorded.Accounts[i].Key);
        }
    }

    /// <summary>Routes an account to the pool and brings over the bytes that the ledger has of it already.</summary>
    private void Index(LedgerPool pool, Pubkey key)
    {
        if (!_accounts.TryGetValue(key, out var account)) _accounts.Add(key, account = new LedgerAccount());
        if (account.Owners.Contains(pool)) return;
        account.Owners.Add(pool);
        if (_orphans.TryTake(key, out var waiting))
        {
            account.Lamports = waiting.Lamports;
            pool.Take(waiting);
        }
        else if (account.Owners.Count > 1 && LedgerPool.Find(account.Owners[0].Recorded, key) is { Exists: true } held)
        {
            pool.Take(WriteOf(held, held.Slot, held.WriteVersion, default, held.Data.ToArray()));
        }
    }

    private AccountWrite WriteOf(
        PoolAccount account, Slot slot, ulong version, in TransactionSignature transaction,
        ReadOnlyMemory<byte> data) =>
        new()
        {
            Key = account.Key,
            Owner = account.Owner,
            Lamports = _accounts.TryGetValue(account.Key, out var known) ? known.Lamports : 0,
            Slot = slot,
            WriteVersion = version,
            Transaction = transaction,
            Data = data,
        };
}
