using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>
/// The state of the paper chain at one point of the feed: settles orders on it and lets the feed's batches pass over
/// it.
/// </summary>
internal sealed class PaperChain(PaperLedger ledger, PaperTally tally, PaperLimits limits)
{
    private readonly SpentCycles _spent = new(limits);
    private readonly PaperPassage _passage = new(ledger, tally);

    /// <summary>Time of the newest block told; 0 before the first.</summary>
    public long UnixTime { get; private set; }

    /// <summary>The stream broke and no complete snapshot has come since: nothing can be settled.</summary>
    public bool IsGapped { get; private set; }

    /// <summary>Highest write version that left.</summary>
    public WriteVersions Versions => ledger.Versions;

    /// <summary>
    /// What becomes of an order at the current state in that slot. A landing executes its hops and appends their writes
    /// to <paramref name="changed"/>.
    /// </summary>
    public PaperVerdict Settle(PaperOrder order, Slot slot, EventBuffer changed)
    {
        if (!IsCycle(order.Hops)) return PaperVerdict.Refused(OutcomeCause.Bug);
        if (IsGapped || !order.Hops.All(hop => ledger.IsKnown(hop.Pool))) return PaperVerdict.Unknown;
        if (_spent.IsSpent(order.Hops)) return PaperVerdict.Refused(OutcomeCause.Late, isSpent: true);
        var run = Run(order, slot, withTaken: true);
        if (run.Error == QuoteError.NotQuotable) return PaperVerdict.Unknown;
        var verdict = Judge(order, run.Value);
        if (verdict.Cause == OutcomeCause.Late && run.HasTaken && Run(order, slot, withTaken: false).Value > 0)
            return verdict with { IsSpent = true };
        if (verdict.HasLanded) Land(order, run, changed);
        return verdict;
    }

    /// <summary>
    /// Executes a landing that was settled before. Its value now, after the fee and before the tip; null, and nothing
    /// is done, when its hops do not execute here.
    /// </summary>
    public Int128? Repeat(PaperOrder order, BundleOutcome landing, EventBuffer changed)
    {
        if (!IsCycle(order.Hops)) return null;
        var run = Run(order, landing.Slot, withTaken: true);
        if (run.Value is not null) Land(order, run, changed);
        return run.Value;
    }

    /// <summary>Lets a batch of the feed pass; the events are valid until the next call.</summary>
    public ReadOnlyMemory<FeedEvent> Pass(in FeedBatch batch)
    {
        foreach (ref readonly var item in batch.Events.Span)
        {
            if (item.Kind == FeedEventKind.BlockTime) UnixTime = Math.Max(UnixTime, item.UnixTime);
            else if (item.Kind == FeedEventKind.Gap) IsGapped = true;
            else if (item.Kind == FeedEventKind.SnapshotComplete) IsGapped = false;
            else if (item is { Kind: FeedEventKind.SlotStatus, Status: SlotStatus.Dead }) ledger.MarkDead(item.Slot);
        }
        var events = _passage.Pass(batch, UnixTime);
        foreach (var pool in _passage.Reset) _spent.Undo(pool);
        if (_spent.Count == 0) return events;
        var clock = new ChainClock(batch.Cursor.Slot, UnixTime);
        foreach (var pool in _passage.Written) _spent.ForgetClosed(pool, ledger, clock);
        return events;
    }

    private PaperVerdict Judge(PaperOrder order, Int128? value)
    {
        if (value is not { } found || found <= 0) return PaperVerdict.Refused(OutcomeCause.Late);
        var profit = new Lamports((long)Int128.Min(found, long.MaxValue));
        if (profit <= order.Tip) return PaperVerdict.Refused(OutcomeCause.ValueGuard, profit);
        if (order.Tip <= order.TipFloor) return PaperVerdict.Refused(OutcomeCause.Outbid, profit);
        return _spent.CanPay(order.Hops)
            ? new PaperVerdict(BundleOutcomeKind.Landed, OutcomeCause.Landed, profit)
            : PaperVerdict.Refused(OutcomeCause.Engine, profit);
    }

    /// <summary>
    /// Executes the cycle on copies, after what paid cycles took from its pools where their states do not show that.
    /// </summary>
    private PaperRun Run(PaperOrder order, Slot slot, bool withTaken)
    {
        var trial = new PaperTrial(ledger, new ChainClock(slot, UnixTime));
        List<SpentTake> taken = withTaken ? [.. order.Hops.Distinct().SelectMany(_spent.UndoneAt)] : [];
        foreach (var take in taken)
        {
            if (!trial.Execute(new SwapOrder(take.Pool, take.Direction, take.AmountIn)).IsOk)
                return new PaperRun(trial, null, [], taken);
        }
        var amounts = new TokenAmount[order.Hops.Length];
        var amount = order.AmountIn;
        var paid = default(TokenAmount);
        for (var i = 0; i < amounts.Length; i++)
        {
            var quote = trial.Execute(new SwapOrder(order.Hops[i].Pool, order.Hops[i].Direction, amount));
            if (!quote.IsOk) return new PaperRun(trial, null, amounts, taken, quote.Error);
            if (i == 0) paid = quote.AmountIn;
            (amounts[i], amount) = (quote.AmountIn, quote.AmountOut);
        }
        return new PaperRun(trial, (Int128)amount.Units - paid.Units - order.Fee.Value, amounts, taken);
    }

    private void Land(PaperOrder order, in PaperRun run, EventBuffer changed)
    {
        run.Trial.Commit(PaperSignature.Of(order.Opportunity), changed);
        foreach (var take in run.Taken) take.IsUndone = false;
        _spent.Pay(order.Hops, run.AmountsIn, order.Fee);
    }

    private bool IsCycle(ImmutableArray<Hop> hops)
    {
        var mint = Mints.Wsol;
        foreach (var hop in hops)
        {
            if (ledger.Find(hop.Pool) is not { } pool || pool.MintIn(hop.Direction) != mint) return false;
            mint = pool.MintOut(hop.Direction);
        }
        return mint == Mints.Wsol;
    }
}
