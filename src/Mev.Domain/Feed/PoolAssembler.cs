using System.Diagnostics.CodeAnalysis;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>
/// Makes pools of account writes: orders them by (slot, write version), applies the writes of one transaction
/// together, undoes dead and abandoned slots, and says of each pool when it may not be quoted. Pure: times come in as
/// values, nothing from outside makes it throw, every bound is one of <see cref="AssemblerLimits"/>. Used by one
/// thread.
/// </summary>
/// <remarks>
/// A transaction is open from its first write until the next signature, slot status, snapshot end or gap; its pools
/// are torn meanwhile and change when it closes. Of several forks the newest value stands until a slot is confirmed.
/// </remarks>
public partial class PoolAssembler
{
    private const int ClockBytes = 40;

    private readonly AssemblerLimits _limits;
    private readonly SlotTree _slots;
    private readonly AccountTable _accounts;
    private readonly PoolTable _pools;
    private readonly PoolJoiner _joiner;

    /// <summary>An assembler that knows nothing yet.</summary>
    /// <param name="create">Makes a pool of its pool account.</param>
    /// <param name="poolOf">Tells the pool of an account whose bytes name it.</param>
    /// <param name="limits">Its bounds; the defaults when null.</param>
    public PoolAssembler(PoolCreator create, PoolOfAccount poolOf, AssemblerLimits? limits = null)
    {
        _limits = limits ?? new AssemblerLimits();
        _pools = new PoolTable(this);
        _slots = new SlotTree(_limits, Counts);
        _accounts = new AccountTable(_limits, Counts);
        _joiner = new PoolJoiner(create, poolOf, _limits, Counts, _accounts, _pools);
    }

    /// <summary>What was taken, dropped and undone.</summary>
    public AssemblerCounts Counts { get; } = new();

    /// <summary>Highest surviving slot and the newest time told of one; the time is 0 when none was told.</summary>
    public ChainClock Clock => _slots.Clock;

    /// <summary>Pools held.</summary>
    public int PoolCount => _pools.Count;

    /// <summary>The feed has to send a complete snapshot: none was seen yet, or none since the last gap.</summary>
    public bool NeedsSnapshot => !_joiner.IsComplete;

    /// <summary>Addresses of the accounts held that exist.</summary>
    public IEnumerable<Pubkey> Accounts =>
        _accounts.All.Where(account => !account.IsEmpty && !account.IsClosed).Select(account => account.Key);

    /// <summary>Takes the events of a batch in order. A transaction may stay open at its end.</summary>
    public void Take(in FeedBatch batch)
    {
        var events = batch.Events.Span;
        for (var first = 0; first < events.Length; first += LookAheadMax)
        {
            var part = events.Slice(first, Math.Min(LookAheadMax, events.Length - first));
            if (part.Length > 1) LookAhead(part);
            for (var i = 0; i < part.Length; i++)
            {
                _known = part.Length > 1 ? _ahead[i] : null;
                Take(part[i], batch.ArrivedNs);
            }
        }
        _known = null;
    }

    /// <summary>Takes one event that arrived at a time (nanoseconds, the clock of <see cref="CheckStale"/>).</summary>
    public void Take(in FeedEvent feedEvent, long arrivedNs)
    {
        switch (feedEvent.Kind)
        {
            case FeedEventKind.AccountWrite:
                TakeWrite(feedEvent.Write);
                break;
            case FeedEventKind.SlotStatus:
                CloseTransaction();
                TakeStatus(feedEvent, arrivedNs);
                CheckBehind();
                break;
            case FeedEventKind.ChainHead:
                _head = feedEvent.Slot;
                CheckBehind();
                break;
            case FeedEventKind.BlockTime:
                TakeTime(feedEvent.Slot, feedEvent.UnixTime);
                break;
            case FeedEventKind.SnapshotComplete:
                CloseTransaction();
                _joiner.CompleteSnapshot(_slots.Floor);
                break;
            case FeedEventKind.Gap:
                CloseTransaction();
                OpenGap();
                break;
            case FeedEventKind.Swap:
                if (_isOpen && !feedEvent.Write.IsOf(in _openTransaction)) CloseTransaction();
                break;
            default:
                Counts.UnknownEvents++;
                break;
        }
    }

    /// <summary>
    /// Ends the open transaction, if there is one: its pools take its writes and are no longer torn. For pumps that
    /// know where a transaction ends (a recording's batch holds whole transactions).
    /// </summary>
    public void CloseTransaction()
    {
        if (!_isOpen) return;
        _isOpen = false;
        Counts.Transactions++;
        _joiner.ShowPending();
        foreach (var pool in _open) _pools.Set(pool, PoolCondition.Torn, false);
        _open.Clear();
    }

    /// <summary>
    /// Fills <paramref name="updates"/> with the pools whose bytes or condition changed since the last call, in order
    /// of their first change, and returns how many. A pool is listed at most once.
    /// </summary>
    public int Drain(List<AssembledPool> updates)
    {
        updates.Clear();
        updates.AddRange(_pools.Changed);
        _pools.ClearChanged();
        return updates.Count;
    }

    /// <summary>Every pool held.</summary>
    public IEnumerable<AssembledPool> Pools => _pools.All;

    /// <summary>A pool; false when it is not held.</summary>
    public bool TryGet(PoolId id, [NotNullWhen(true)] out AssembledPool? pool) => _pools.TryFind(id, out pool);

    /// <summary>An account's newest value, bytes valid until the next event; false when there is none.</summary>
    public bool TryGetAccount(Pubkey key, out AccountWrite value)
    {
        var exists = _accounts.TryFind(key, out var account) && !account.IsEmpty && !account.IsClosed;
        value = exists ? account!.Newest() : default;
        return exists;
    }

    /// <summary>The condition as consumers are told it. A test overrides it to show that its check can fail.</summary>
    protected internal virtual PoolCondition Report(PoolCondition condition) =>
        IsStale ? condition | PoolCondition.Stale : condition;
}
