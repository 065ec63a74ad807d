using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Limits;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>
/// The paper chain: passes a feed on and settles submitted orders against the pool states that really follow in it.
/// Before the first batch of a new slot it settles, by landing slot and then opportunity id, every order whose slot has
/// come. A landing leaves as a batch of its own, in the new slot, ahead of the feed's; from then on the pools are where
/// the landing left them.
/// </summary>
/// <remarks>
/// Cursor positions count the batches that leave, landings included. A landing's place needs no position: it is the
/// start of the outcome's slot. The outcomes of a slot are readable before its first batch leaves.
/// </remarks>
public sealed class PaperMarket : IMarketFeed, IBundleSender
{
    private static readonly Slot SlotOfEnd = new(ulong.MaxValue);

    private readonly IMarketFeed _inner;
    private readonly PoolCreator _creator;
    private readonly PoolOfAccount _poolOfAccount;
    private readonly LandingRepetition _repetition;
    private bool _isJournalWhole = true;
    private readonly PaperLimits _limits;
    private readonly PaperOrderBook _orders;
    private readonly PaperTally _tally = new();
    private readonly Channel<BundleOutcome> _outcomes = Channel.CreateUnbounded<BundleOutcome>();
    private PaperReading? _reading;
    private PaperReading? _ended;
    private int _isReading;

    /// <summary>A paper chain over a feed.</summary>
    /// <param name="inner">The feed.</param>
    /// <param name="creator">Makes the pool whose pool account a write is.</param>
    /// <param name="poolOfAccount">Says to which pool a tick array belongs.</param>
    /// <param name="repetition">How exactly journalled landings have to come out again.</param>
    /// <param name="limits">Its bounds; the defaults when null.</param>
    public PaperMarket(
        IMarketFeed inner,
        PoolCreator creator,
        PoolOfAccount poolOfAccount,
        LandingRepetition repetition = LandingRepetition.Exact,
        PaperLimits? limits = null)
    {
        (_inner, _creator, _poolOfAccount) = (inner, creator, poolOfAccount);
        (_repetition, _limits) = (repetition, limits ?? new PaperLimits());
        _orders = new PaperOrderBook(_limits);
    }

    /// <inheritdoc cref="IMarketFeed.Description"/>
    public string Description => $"paper on {_inner.Description}";

    /// <inheritdoc cref="IMarketFeed.Identity"/>
    public string Identity => $"paper on {_inner.Identity}";

    /// <summary>
    /// Batches of the inner feed and the landings of the current reading so far; null when it has no end.
    /// </summary>
    public ulong? BatchesTotal => _inner.BatchesTotal + (Volatile.Read(ref _reading)?.Inserted ?? 0);

    /// <inheritdoc/>
    public bool HasWholeTransactions => _inner.HasWholeTransactions;

    /// <inheritdoc/>
    public ChannelReader<BundleOutcome> Outcomes => _outcomes.Reader;

    /// <summary>
    /// Batches of the feed that have come in, its end as one more: what is handed in now settles with a later one.
    /// </summary>
    public ulong Taken => _orders.Taken;

    /// <summary>From now on what is submitted waits for <see cref="HandIn"/>.</summary>
    public void Hold() => _orders.Hold();

    /// <summary>
    /// Hands in what was submitted since the last time; answers <see cref="Taken"/> at that moment.
    /// </summary>
    public ulong HandIn()
    {
        var taken = _orders.HandIn();
        if (Volatile.Read(ref _ended) is { } ended) LeaveUnknown(ended, _orders.TakeDue(SlotOfEnd));
        return taken;
    }

    /// <summary>
    /// The pool as the current reading has it; null when it is not known. To be read by the reader, between batches.
    /// </summary>
    public Pool? Find(PoolId pool) => Volatile.Read(ref _reading)?.Ledger.Find(pool);

    /// <summary>The counters as of now.</summary>
    public PaperCounts Counts =>
        _tally.Snapshot(_orders.PendingCount, Volatile.Read(ref _reading)?.Ledger.AccountsLost ?? 0);

    /// <summary>
    /// Its bounded places with their counts as of now, those of the ledger since the current reading began.
    /// </summary>
    public IEnumerable<LimitCount> Limits()
    {
        var (counts, ledger) = (Counts, Volatile.Read(ref _reading)?.Ledger);
        return
        [
            new("paper.orphans", _limits.OrphansMax, AtLimit.LeaveOut, counts.AccountsLost),
            new("paper.spent-cycles", _limits.SpentCyclesMax, AtLimit.Refuse, counts.RefusedFull),
            new("paper.settled", _limits.SettledMax, AtLimit.Forget, _orders.SettledForgotten),
            new("paper.known-unknown", _limits.KnownUnknownMax, AtLimit.Forget, _orders.KnownUnknownForgotten),
            new("paper.dead-slots", _limits.DeadSlotsMax, AtLimit.Forget, ledger?.DeadSlotsForgotten ?? 0),
        ];
    }

    /// <summary>What feed and paper execution did not take as it came, with the counts as of now.</summary>
    public IEnumerable<InputCount> Input()
    {
        var counts = Counts;
        return
        [
            new("feed.orders-dropped", _inner.OrdersDropped),
            new("paper.swaps-dropped", counts.SwapsDropped),
            new("paper.pools-reset", counts.PoolsReset),
            new("paper.landings-differing", counts.LandingsDiffering),
            new("paper.orders-repeated", counts.OrdersRepeated),
        ];
    }

    /// <summary>
    /// Takes journalled settlements before the feed is read: their landings are applied at their places without being
    /// submitted or reported again, and no settled order is settled twice. Orders whose outcome is not in the journal
    /// are to be submitted again before the reading as well; they settle where they would have, or
    /// (<see cref="LandingRepetition.AsFarAsPossible"/>) after <paramref name="decidedThrough"/>.
    /// </summary>
    /// <param name="settlements">Of any strategy, in any order.</param>
    /// <param name="decidedThrough">The slot up to which the feed was decided upon.</param>
    /// <param name="lost">
    /// Orders whose journalled outcome cannot be read: they are settled again. Null when the journal could be read
    /// whole; otherwise a landing that does not come out again is counted, since one before it may be missing.
    /// </param>
    /// <exception cref="InvalidOperationException">The feed is being read.</exception>
    public void Restore(
        IEnumerable<PaperSettlement> settlements, Slot decidedThrough = default, IEnumerable<PaperOrder>? lost = null)
    {
        if (Volatile.Read(ref _isReading) != 0)
            throw new InvalidOperationException("settlements are restored before the feed is read");
        foreach (var settlement in settlements) _orders.Restore(settlement);
        foreach (var order in lost ?? []) _orders.Add(order);
        _isJournalWhole = lost is null;
        if (_repetition == LandingRepetition.AsFarAsPossible) _orders.HoldThrough(decidedThrough);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The message is not that of its hash, is no paper order, or is one for another opportunity.
    /// </exception>
    public ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var message = submission.Message.Span;
        var hash = Digest.Of(message);
        if (hash != submission.MessageHash)
        {
            throw new ArgumentException(
                $"message hash of {submission.Opportunity}: intent says {submission.MessageHash}, bytes have {hash}");
        }
        if (!PaperOrder.TryDecode(message, out var order) || order is null)
            throw new ArgumentException($"message of {submission.Opportunity} is not a paper order");
        if (order.Opportunity != submission.Opportunity)
            throw new ArgumentException($"message of {submission.Opportunity} is an order for {order.Opportunity}");
        _tally.Order(_orders.Add(order));
        if (Volatile.Read(ref _ended) is { } ended) LeaveUnknown(ended, _orders.TakeDue(SlotOfEnd));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It is being read already.</exception>
    /// <exception cref="FeedException">
    /// The inner feed failed, or (<see cref="LandingRepetition.Exact"/>) a journalled landing does not come out again:
    /// this is not the feed of that journal.
    /// </exception>
    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isReading, 1) != 0)
            throw new InvalidOperationException("the paper market has one reader at a time");
        try
        {
            Volatile.Write(ref _ended, null);
            _orders.BeginReading();
            var reading = new PaperReading(
                new PaperLedger(_creator, _poolOfAccount, _limits), _tally, _limits);
            Volatile.Write(ref _reading, reading);
            await foreach (var batch in _inner.Read(cancellationToken).ConfigureAwait(false))
            {
                if (reading.BeginSlot(batch))
                {
                    foreach (var due in _orders.TakeBatch(batch.Cursor.Slot))
                        if (Settle(reading, due, batch)) yield return reading.Landing(batch);
                }
                else
                {
                    _orders.Take();
                }
                yield return reading.Pass(batch);
            }
            Volatile.Write(ref _ended, reading);
            LeaveUnknown(reading, _orders.TakeBatch(SlotOfEnd));
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }

    private bool Settle(PaperReading reading, in DueOrder due, in FeedBatch batch)
    {
        if (due.Landing is { } landing)
        {
            var value = reading.Repeat(due.Order, landing);
            var isSame = value == landing.Realised.Value;
            if (!isSame && _isJournalWhole && _repetition != LandingRepetition.AsFarAsPossible)
            {
                throw new FeedException(
                    $"{_inner.Description}: the journalled landing of {landing.Opportunity} in slot {landing.Slot} "
                    + "does not come out again; the journal belongs to another feed or to other options of it");
            }
            _tally.LandingRepeated(isSame);
            return value is not null;
        }
        var verdict = reading.Settle(due.Order);
        Report(due.Order, verdict, reading.Observe(due.Order, verdict, batch.ArrivedNs));
        return verdict.HasLanded;
    }

    /// <summary>
    /// The feed ended before these orders' slots: there is no evidence of what would have become of them.
    /// </summary>
    private void LeaveUnknown(PaperReading reading, IReadOnlyList<DueOrder> all)
    {
        var verdict = PaperVerdict.Unknown;
        foreach (var due in all)
            if (due.Landing is null) Report(due.Order, verdict, reading.Observe(due.Order, verdict, arrivedNs: 0));
    }

    private void Report(PaperOrder order, in PaperVerdict verdict, BundleOutcome outcome)
    {
        _tally.Verdict(verdict);
        if (_orders.Settle(new PaperSettlement(order, outcome))) _outcomes.Writer.TryWrite(outcome);
    }
}
