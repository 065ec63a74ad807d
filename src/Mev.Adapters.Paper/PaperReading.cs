using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Paper;

/// <summary>One reading of a feed through the paper chain: the chain's state and how far it is.</summary>
internal sealed class PaperReading(PaperLedger ledger, PaperTally tally, PaperLimits limits)
{
    private readonly PaperChain _chain = new(ledger, tally, limits);
    private readonly EventBuffer _landing = new();
    private ulong _innerPosition;
    private ulong _inserted;
    private Slot _slot;
    private long _slotUnixTime; // as its first batch tells it, which comes after the settlements

    /// <summary>The bytes of the paper chain.</summary>
    public PaperLedger Ledger { get; } = ledger;

    /// <summary>Landings inserted so far.</summary>
    public ulong Inserted => Volatile.Read(ref _inserted);

    /// <summary>True when the batch is the first of a slot above all before.</summary>
    public bool BeginSlot(in FeedBatch batch)
    {
        if (batch.Cursor.Slot <= _slot) return false;
        _slot = batch.Cursor.Slot;
        foreach (ref readonly var item in batch.Events.Span)
            if (item.Kind == FeedEventKind.BlockTime) _slotUnixTime = item.UnixTime;
        return true;
    }

    /// <summary>Settles an order at the start of the current slot.</summary>
    public PaperVerdict Settle(PaperOrder order)
    {
        _landing.Clear();
        var verdict = _chain.Settle(order, _slot, _landing);
        if (verdict.HasLanded) _inserted++;
        return verdict;
    }

    /// <summary>
    /// Applies a landing that was settled before. Its value now; null when its hops do not execute any more.
    /// </summary>
    public Int128? Repeat(PaperOrder order, BundleOutcome landing)
    {
        _landing.Clear();
        var value = _chain.Repeat(order, landing, _landing);
        if (value is not null) _inserted++;
        return value;
    }

    /// <summary>The batch of the landing that was just executed.</summary>
    public FeedBatch Landing(in FeedBatch ahead) => new(Cursor, ahead.ArrivedNs, _landing.Events);

    /// <summary>Lets a batch of the feed pass.</summary>
    public FeedBatch Pass(in FeedBatch batch)
    {
        var events = _chain.Pass(batch);
        _innerPosition = batch.Cursor.Position;
        var cursor = batch.Cursor with
        {
            Position = _innerPosition + _inserted,
            WriteVersion = _chain.Versions.OfCursor(batch.Cursor.WriteVersion),
        };
        return batch with { Cursor = cursor, Events = events };
    }

    /// <summary>The outcome of an order that was just settled, with the place of its settlement.</summary>
    public BundleOutcome Observe(PaperOrder order, in PaperVerdict verdict, long arrivedNs) => new()
    {
        Opportunity = order.Opportunity,
        Kind = verdict.Kind,
        Cause = verdict.Cause,
        Slot = _slot,
        Realised = verdict.HasLanded ? verdict.Value : Lamports.Zero,
        TipPaid = verdict.HasLanded ? order.Tip : Lamports.Zero,
        WinnerTip = verdict.Cause == OutcomeCause.Outbid ? order.TipFloor : null,
        Cursor = Cursor,
        ObservedMs = ObservedMs(arrivedNs),
    };

    /// <summary>
    /// The chain's time, so that every reading observes the same; the host's on a feed that tells none.
    /// </summary>
    private long ObservedMs(long arrivedNs)
    {
        var unixTime = _chain.UnixTime > 0 ? _chain.UnixTime : _slotUnixTime;
        return unixTime > 0 ? unixTime * 1_000 : arrivedNs / 1_000_000;
    }

    private FeedCursor Cursor => new(_innerPosition + _inserted, _slot, _chain.Versions.Last);
}
