using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>
/// Lets the feed's batches pass over the ledger. While none of a batch's pools is moved, it passes as it is. At a moved
/// pool an order is executed again and the writes are the ledger's own; a write without an order to an account that we
/// changed takes the whole pool back to the feed's bytes.
/// </summary>
internal sealed class PaperPassage(PaperLedger ledger, PaperTally tally)
{
    private readonly EventBuffer _output = new();
    private readonly List<PoolId> _written = [];
    private readonly List<PoolId> _reset = [];
    private readonly List<LedgerPool> _again = [];
    private readonly List<(LedgerPool Pool, AccountWrite Cause)> _resetting = [];
    private TransactionSignature _againIn;

    /// <summary>Pools that the last batch wrote.</summary>
    public IReadOnlyList<PoolId> Written => _written;

    /// <summary>Pools that the last batch took back to the feed's bytes.</summary>
    public IReadOnlyList<PoolId> Reset => _reset;

    /// <summary>Lets a batch pass; what it returns is valid until the next call.</summary>
    public ReadOnlyMemory<FeedEvent> Pass(in FeedBatch batch, long unixTime)
    {
        _written.Clear();
        _reset.Clear();
        if (ledger.MovedCount == 0 || !TouchesMoved(batch.Events.Span)) return PassUnmoved(batch.Events);
        _output.Clear();
        _again.Clear();
        _resetting.Clear();
        var clock = new ChainClock(batch.Cursor.Slot, unixTime);
        foreach (ref readonly var item in batch.Events.Span) PassEvent(item, clock);
        foreach (var (pool, cause) in _resetting) FinishReset(pool, cause);
        foreach (var pool in _again) ledger.EndMoveIfRejoined(pool);
        return _output.Events;
    }

    private ReadOnlyMemory<FeedEvent> PassUnmoved(ReadOnlyMemory<FeedEvent> events)
    {
        var isUnchanged = ledger.Versions.IsUnchanged;
        if (!isUnchanged) _output.Clear();
        foreach (ref readonly var item in events.Span)
        {
            if (item.Kind == FeedEventKind.AccountWrite)
            {
                var write = Renumber(item.Write);
                ledger.Load(write);
                NoteWritten(write.Key);
                if (!isUnchanged) _output.Add(write);
            }
            else if (!isUnchanged)
            {
                _output.Add(item);
            }
        }
        return isUnchanged ? events : _output.Events;
    }

    private void PassEvent(in FeedEvent item, in ChainClock clock)
    {
        switch (item.Kind)
        {
            case FeedEventKind.Swap when ledger.FindPool(item.Order.Pool) is { IsMoved: true } pool:
                ExecuteAgain(pool, item, clock);
                break;
            case FeedEventKind.AccountWrite:
                PassWrite(Renumber(item.Write));
                break;
            default:
                _output.Add(item);
                break;
        }
    }

    private void ExecuteAgain(LedgerPool pool, in FeedEvent item, in ChainClock clock)
    {
        _againIn = item.Transaction;
        if (!_again.Contains(pool)) _again.Add(pool);
        var before = _output.Mark();
        _output.Add(item);
        if (ledger.Execute(item.Order, clock, item.Transaction, _output).IsOk)
        {
            tally.SwapExecutedAgain();
        }
        else
        {
            _output.Rewind(before);
            tally.SwapDropped();
        }
    }

    private void PassWrite(in AccountWrite write)
    {
        NoteWritten(write.Key);
        var owners = ledger.OwnersOf(write.Key);
        var isOfOrder = false;
        for (var i = 0; i < owners?.Count; i++)
        {
            var owner = owners[i];
            if (_again.Contains(owner) && write.Transaction == _againIn && owner.IsMoved)
            {
                isOfOrder = true;
                owner.TakeRecorded(write);
            }
            else if (owner.IsMoved && owner.IsNews(write) && owner.Differs(write.Key) && !IsResetting(owner))
            {
                _resetting.Add((owner, write));
            }
        }
        if (isOfOrder) return;
        ledger.Load(write);
        _output.Add(write);
    }

    private bool IsResetting(LedgerPool pool)
    {
        foreach (var (known, _) in _resetting)
            if (known == pool) return true;
        return false;
    }

    private void FinishReset(LedgerPool pool, in AccountWrite cause)
    {
        ledger.Reset(pool, cause.Slot, cause.Transaction, _output);
        _reset.Add(pool.Actual.Id);
        tally.PoolReset();
    }

    private AccountWrite Renumber(in AccountWrite write) =>
        write.IsStartup ? write : write with { WriteVersion = ledger.Versions.Shift(write.WriteVersion) };

    private bool TouchesMoved(ReadOnlySpan<FeedEvent> events)
    {
        foreach (ref readonly var item in events)
        {
            if (item.Kind == FeedEventKind.Swap && ledger.IsMoved(item.Order.Pool)) return true;
            if (item.Kind != FeedEventKind.AccountWrite || ledger.OwnersOf(item.Write.Key) is not { } owners) continue;
            foreach (var owner in owners)
                if (owner.IsMoved) return true;
        }
        return false;
    }

    private void NoteWritten(in Pubkey account)
    {
        if (ledger.OwnersOf(account) is not { } owners) return;
        foreach (var owner in owners)
            if (_written.Count == 0 || _written[^1] != owner.Actual.Id) _written.Add(owner.Actual.Id);
    }
}
