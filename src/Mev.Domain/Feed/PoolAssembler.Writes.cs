using Mev.Domain.Chain;

namespace Mev.Domain.Feed;

/// <content>Account writes: their place among the known values, and the transaction that is open.</content>
public partial class PoolAssembler
{
    private const int LookAheadMax = 64;

    private readonly List<AssembledPool> _open = [];
    private readonly AccountHistory?[] _ahead = new AccountHistory?[LookAheadMax];
    private AccountHistory? _known; // the account of the event at hand, when it was looked up before
    private TransactionSignature _openTransaction;
    private Slot _openSlot;
    private bool _isOpen;

    /// <summary>
    /// Looks up the accounts of the events to come, each step for all of them. They lie scattered over more memory than
    /// the caches hold; one after the other the misses are most of the assembler's time, side by side they overlap.
    /// </summary>
    private void LookAhead(ReadOnlySpan<FeedEvent> events)
    {
        var ahead = _ahead.AsSpan(0, events.Length);
        for (var i = 0; i < ahead.Length; i++)
        {
            ahead[i] = events[i].Kind == FeedEventKind.AccountWrite && _accounts.TryFind(events[i].Write.Key, out var a)
                ? a
                : null;
        }
        foreach (var account in ahead) account?.Touch();
        foreach (var account in ahead) account?.TouchNext();
    }

    private void TakeWrite(in AccountWrite write)
    {
        Counts.Writes++;
        if (!write.IsStartup && _slots.IsDead(write.Slot))
        {
            Counts.DeadSlotWrites++;
        }
        else if (write.Key == Programs.ClockSysvar)
        {
            TakeClock(write.Data.Span, write.Slot);
        }
        else if (write.Data.Length > Math.Min(_limits.AccountBytesMax, VersionStore.BytesMax))
        {
            Counts.Oversize++;
            Place(write with { Data = default, Lamports = Math.Max(write.Lamports, 1) });
        }
        else
        {
            Place(write);
        }
    }

    private void Place(in AccountWrite write)
    {
        var node = write.IsStartup ? null : NodeOf(write.Slot);
        var account = _known is { IsForgotten: false } ? _known : null;
        if (account is null && !_accounts.TryFind(write.Key, out account))
        {
            if (write.IsClosed) return;
            account = _accounts.GetOrAdd(write.Key);
        }
        var isNewer = account.IsNewer(write, _joiner.Source);
        if (write.IsStartup) account.SnapshotBy = _joiner.Source;
        if (isNewer) account.IsDoubted = false;
        if (!isNewer)
        {
            Insert(account, write, node);
            return;
        }
        Open(write);
        Insert(account, write, node);
        _joiner.AddPending(account);
        _joiner.Classify(account, write);
        foreach (var pool in account.Pools)
        {
            if (pool.Has(PoolCondition.Torn)) continue;
            _pools.Set(pool, PoolCondition.Torn, true);
            _open.Add(pool);
        }
        if (!write.HasTransaction) CloseTransaction();
    }

    private void Open(in AccountWrite write)
    {
        if (_isOpen && (write.Slot != _openSlot || !write.IsOf(in _openTransaction))) CloseTransaction();
        if (_isOpen && _joiner.PendingCount >= _limits.TransactionAccountsMax)
        {
            Counts.TransactionsCut++;
            CloseTransaction();
        }
        (_isOpen, _openSlot, _openTransaction) = (true, write.Slot, write.Transaction);
    }

    private void Insert(AccountHistory account, in AccountWrite write, SlotNode? node)
    {
        var placement = account.Insert(
            write, _joiner.Source, _slots.Floor, _limits.VersionsMax, out var isNewSlot, out var isEvicted);
        if (isNewSlot) node?.Touched.Add(account);
        if (write.IsClosed && account.Own is not null) node?.Closed.Add(account);
        if (isEvicted) Counts.VersionsEvicted++;
        if (placement == Placement.Newest) Counts.Applied++;
        else if (placement == Placement.Duplicate) Counts.Duplicates++;
        else Counts.Late++;
    }
}
