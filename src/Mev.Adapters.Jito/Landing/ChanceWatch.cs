using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// Follows the pools of what was submitted, and of some of what was let pass, until somebody took the chance (specs:
/// learning, winner attribution). What is observed is processed, not final: a winner whose block is given up after its
/// outcome was told stands. From any thread.
/// </summary>
public sealed class ChanceWatch
{
    /// <summary>Submitted chances watched at once; beyond, the oldest is given up.</summary>
    public const int WatchedMax = 256;

    /// <summary>Skipped chances watched at once; beyond, a further one is not watched.</summary>
    public const int SkippedMax = 64;

    /// <summary>Slots after its sending for which a chance is watched: it is gone before, or nobody wants it.</summary>
    public const int SlotsMax = 32;

    private const int OwnMax = 1_024; // longer than any of them can land
    private const int RecentMax = 512; // between a decision and its sending there are far fewer

    private readonly Lock _gate = new();
    private readonly Queue<ObservedTransaction> _recent = new();
    private readonly HashSet<TransactionSignature> _own = []; // of bundles of ours, whatever chance they went for
    private readonly Queue<TransactionSignature> _ownInOrder = new();
    private readonly WatchedChances _submitted;
    private readonly WatchedChances _skipped;
    private readonly Channel<(OpportunityId, AttributedWinner)> _taken =
        Channel.CreateBounded<(OpportunityId, AttributedWinner)>(SkippedMax); // full, they are given up
    private readonly NewestMarket _market;
    private Slot _newest;
    private long _skippedLeftOut;

    /// <summary>Watches by the pools as the feed has them.</summary>
    /// <param name="market">
    /// The pools; one that a transaction is writing as it was before that one, which is observed in its turn.
    /// </param>
    /// <param name="meters">Where it counts how searches end; null for nowhere.</param>
    public ChanceWatch(NewestMarket market, IMeterFactory? meters = null)
    {
        _market = market;
        (_submitted, _skipped) = (new WatchedChances(_own.Contains), new WatchedChances(_own.Contains));
        meters?.Create("Mev").CreateObservableCounter(
            "mev.attributions", Ends, "{search}", "Searches for who took a chance, by how they ended.");
    }

    /// <summary>Skipped chances that somebody took, and who.</summary>
    public ChannelReader<(OpportunityId Opportunity, AttributedWinner Winner)> Taken => _taken.Reader;

    /// <summary>How often a search for what was submitted ended so.</summary>
    public long Count(WatchEnd end) => _submitted.Ended(end);

    /// <summary>How often a search for what was skipped ended so.</summary>
    public long CountSkipped(WatchEnd end) => _skipped.Ended(end);

    /// <summary>Its bounds with their counts as of now.</summary>
    public IEnumerable<LimitCount> Limits() =>
    [
        new LimitCount("execution.watched-chances", WatchedMax, AtLimit.Forget, Count(WatchEnd.GivenUp)),
        new LimitCount(
            "execution.watched-skips", SkippedMax, AtLimit.LeaveOut,
            Interlocked.Read(ref _skippedLeftOut) + CountSkipped(WatchEnd.GivenUp)),
    ];

    /// <summary>
    /// Begins to watch a chance that was let pass, see <see cref="WatchSkipped"/>; the same one again is watched once.
    /// </summary>
    public bool TryWatch(SkippedChance chance)
    {
        if (chance.Hops.IsEmpty) return false;
        lock (_gate)
        {
            if (_submitted.Find(chance.Opportunity) is not null) return false;
            if (_skipped.Find(chance.Opportunity) is not null) return true;
            if (_skipped.Count >= SkippedMax)
            {
                _skippedLeftOut++;
                return false;
            }
        }
        if (_market(chance.Hops.Select(hop => hop.Hop.Pool)) is not { } market)
        {
            _skipped.Counted(WatchEnd.Unclear);
            return false;
        }
        lock (_gate)
        {
            if (_submitted.Find(chance.Opportunity) is not null) return false;
            if (_skipped.Find(chance.Opportunity) is not null) return true;
            var watched = new WatchedChance(WatchedCycle.Of(chance, market.Pools), market, _newest)
            {
                SentIn = _newest,
            };
            _skipped.Add(chance.Opportunity, watched);
            return true;
        }
    }

    /// <summary>Begins to watch, before its bytes leave.</summary>
    internal void Add(SignedBundle bundle)
    {
        var submission = bundle.Submission;
        if (submission.Hops.IsEmpty) return;
        var market = _market(submission.Hops.Select(hop => hop.Hop.Pool));
        lock (_gate)
        {
            Remember(bundle.Signature);
            if (_submitted.Find(submission.Opportunity) is not null) return;
            if (market is null)
            {
                _submitted.Counted(WatchEnd.Unclear);
                return;
            }
            _skipped.End(submission.Opportunity, WatchEnd.Ours); // another strategy goes for what one let pass
            _submitted.Add(
                submission.Opportunity, new WatchedChance(WatchedCycle.Of(bundle), market.Value, _newest));
            if (_submitted.Count > WatchedMax) _submitted.GiveUpOldest();
        }
    }

    /// <summary>Its first byte leaves: what lands in an earlier slot is faster than ours can be.</summary>
    internal void Sent(OpportunityId opportunity)
    {
        lock (_gate)
            if (_submitted.Find(opportunity) is { } chance) chance.SentIn ??= _newest;
    }

    /// <summary>
    /// Takes what the stream tells; the submitted chances that it shows to be taken, and by whom. Skipped ones are told
    /// by <see cref="Taken"/>.
    /// </summary>
    internal IReadOnlyList<(OpportunityId Opportunity, AttributedWinner Winner)> Observe(Observation observation)
    {
        lock (_gate)
        {
            var (taken, skipped) = (
                new List<(OpportunityId, AttributedWinner)>(), new List<(OpportunityId, AttributedWinner)>());
            _submitted.ShowRecent(_recent, taken);
            _skipped.ShowRecent(_recent, skipped);
            if (observation is ObservedBreak { From: var from }) Break(from);
            if (observation is ObservedTransaction transaction)
            {
                if (transaction.Slot > _newest) _newest = transaction.Slot;
                _submitted.Take(transaction, _newest, taken);
                _skipped.Take(transaction, _newest, skipped);
                _recent.Enqueue(transaction);
                if (_recent.Count > RecentMax) _recent.Dequeue();
            }
            foreach (var one in skipped)
                if (!_taken.Writer.TryWrite(one)) _skipped.Counted(WatchEnd.GivenUp); // nobody reads them
            return taken;
        }
    }

    private void Remember(TransactionSignature own)
    {
        if (!_own.Add(own)) return;
        _ownInOrder.Enqueue(own);
        if (_ownInOrder.Count > OwnMax) _own.Remove(_ownInOrder.Dequeue());
    }

    private void Break(Slot from)
    {
        _submitted.Break(from);
        _skipped.Break(from);
        var kept = _recent.Where(recent => recent.Slot < from).ToList();
        _recent.Clear();
        foreach (var recent in kept) _recent.Enqueue(recent);
    }

    private IEnumerable<Measurement<long>> Ends() =>
        from of in new[] { ("submitted", _submitted), ("skipped", _skipped) }
        from end in Enum.GetValues<WatchEnd>()
        where end != WatchEnd.Unknown
        select new Measurement<long>(
            of.Item2.Ended(end), new KeyValuePair<string, object?>("result", end.ToString()),
            new KeyValuePair<string, object?>("class", of.Item1));
}
