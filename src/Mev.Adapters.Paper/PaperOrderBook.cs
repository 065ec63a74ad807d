using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Paper;

/// <summary>
/// The orders that wait for their slot, those that were settled, and the landings that a new reading repeats. Orders
/// are handed in from any thread.
/// </summary>
internal sealed class PaperOrderBook(PaperLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<OpportunityId, PaperOrder> _pending = [];
    private readonly RecentOrders _settled = new(limits.SettledMax);
    private readonly RecentOrders _knownUnknown = new(limits.KnownUnknownMax);
    private readonly List<PaperSettlement> _landings = []; // each is a record of the journal, and none can be left out
    private readonly List<PaperSettlement> _toRepeat = [];
    private readonly Dictionary<OpportunityId, PaperOrder> _held = []; // not handed in yet, of one round at most
    private bool _isHolding;
    private ulong _taken;
    private Slot _heldThrough;
    private Slot _earliest = new(ulong.MaxValue);

    /// <summary>Orders that wait.</summary>
    public int PendingCount
    {
        get
        {
            lock (_gate) return _pending.Count;
        }
    }

    /// <summary>Settled orders that were forgotten at <see cref="PaperLimits.SettledMax"/>.</summary>
    public long SettledForgotten
    {
        get
        {
            lock (_gate) return _settled.Forgotten;
        }
    }

    /// <summary>Orders without evidence that were forgotten at <see cref="PaperLimits.KnownUnknownMax"/>.</summary>
    public long KnownUnknownForgotten
    {
        get
        {
            lock (_gate) return _knownUnknown.Forgotten;
        }
    }

    /// <summary>Batches of the feed whose due orders were taken out; its end counts as one.</summary>
    public ulong Taken
    {
        get
        {
            lock (_gate) return _taken;
        }
    }

    /// <summary>Takes an order; false when it waits or was settled already.</summary>
    public bool Add(PaperOrder order)
    {
        lock (_gate)
        {
            if (_settled.Contains(order.Opportunity)) return false;
            if (_isHolding) return !_pending.ContainsKey(order.Opportunity) && _held.TryAdd(order.Opportunity, order);
            return Wait(order);
        }
    }

    /// <summary>From now on orders wait for <see cref="HandIn"/>.</summary>
    public void Hold()
    {
        lock (_gate) _isHolding = true;
    }

    /// <summary>Lets the held orders wait for their slot; answers <see cref="Taken"/> at that moment.</summary>
    public ulong HandIn()
    {
        lock (_gate)
        {
            foreach (var order in _held.Values) Wait(order);
            _held.Clear();
            return _taken;
        }
    }

    /// <summary>A batch of the feed comes in of which no order is due.</summary>
    public void Take()
    {
        lock (_gate) _taken++;
    }

    /// <summary>
    /// Takes a journalled settlement; a landing is repeated by the readings that follow. An order without evidence is
    /// not settled: it may be submitted again, and only evidence is news then.
    /// </summary>
    public void Restore(PaperSettlement settlement)
    {
        lock (_gate)
        {
            if (settlement.Outcome.Kind == BundleOutcomeKind.Unknown)
            {
                _knownUnknown.Add(settlement.Order.Opportunity);
                return;
            }
            _pending.Remove(settlement.Order.Opportunity);
            Remember(settlement);
        }
    }

    /// <summary>Orders settle after that slot only.</summary>
    public void HoldThrough(Slot slot)
    {
        lock (_gate) _heldThrough = slot;
    }

    /// <summary>Begins a reading from the feed's start: every landing so far is to be repeated.</summary>
    public void BeginReading()
    {
        lock (_gate)
        {
            _toRepeat.Clear();
            _toRepeat.AddRange(_landings);
            _taken = 0;
        }
    }

    /// <summary>The same as <see cref="TakeDue"/> for a batch of the feed that comes in, or its end.</summary>
    public IReadOnlyList<DueOrder> TakeBatch(Slot slot)
    {
        lock (_gate)
        {
            _taken++;
            return TakeDue(slot);
        }
    }

    /// <summary>
    /// Takes out, in the order of settlement, the landings to be repeated at <paramref name="slot"/> and the waiting
    /// orders that land in it or in a slot passed over.
    /// </summary>
    public IReadOnlyList<DueOrder> TakeDue(Slot slot)
    {
        lock (_gate)
        {
            if (slot < _earliest && _toRepeat.Count == 0) return [];
            List<DueOrder> due = [];
            foreach (var landing in _toRepeat)
                if (landing.Outcome.Slot <= slot) due.Add(new DueOrder(landing.Order, landing.Outcome));
            if (due.Count > 0) _toRepeat.RemoveAll(landing => landing.Outcome.Slot <= slot);
            TakePending(slot, due);
            due.Sort();
            return due;
        }
    }

    /// <summary>Notes the outcome of an order that was due; false when it is no news.</summary>
    public bool Settle(PaperSettlement settlement)
    {
        lock (_gate)
        {
            Remember(settlement);
            return settlement.Outcome.Kind != BundleOutcomeKind.Unknown
                || !_knownUnknown.Contains(settlement.Order.Opportunity);
        }
    }

    private bool Wait(PaperOrder order)
    {
        if (!_pending.TryAdd(order.Opportunity, order)) return false;
        if (order.LandsIn < _earliest) _earliest = order.LandsIn;
        return true;
    }

    private void TakePending(Slot slot, List<DueOrder> due)
    {
        if (slot < _earliest || slot <= _heldThrough) return;
        _earliest = new Slot(ulong.MaxValue);
        foreach (var order in _pending.Values)
        {
            if (order.LandsIn <= slot) due.Add(new DueOrder(order, null));
            else if (order.LandsIn < _earliest) _earliest = order.LandsIn;
        }
        foreach (var item in due)
            if (item.Landing is null) _pending.Remove(item.Order.Opportunity);
    }

    private void Remember(PaperSettlement settlement)
    {
        var isNew = _settled.Add(settlement.Order.Opportunity);
        if (isNew && settlement.Outcome.Kind == BundleOutcomeKind.Landed) _landings.Add(settlement);
    }
}
