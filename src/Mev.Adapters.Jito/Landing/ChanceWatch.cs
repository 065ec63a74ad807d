using System.Diagnostics.Metrics;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// Follows the pools of what was submitted until somebody took the chance (specs: learning, winner attribution). What
/// is observed is processed, not final: a winner whose block is given up after its outcome was told stands. From any
/// thread.
/// </summary>
public sealed class ChanceWatch
{
    /// <summary>Chances watched at once; beyond, the oldest is given up.</summary>
    public const int WatchedMax = 256;

    /// <summary>Slots after its sending for which a chance is watched: it is gone before, or nobody wants it.</summary>
    public const int SlotsMax = 32;

    private const int RecentMax = 512; // between a decision and its sending there are far fewer

    private readonly Lock _gate = new();
    private readonly Queue<ObservedTransaction> _recent = new();
    private readonly List<OpportunityId> _fresh = []; // have not seen the recent ones yet
    private readonly Dictionary<OpportunityId, WatchedChance> _watched = [];
    private readonly Dictionary<Pubkey, HashSet<OpportunityId>> _byAccount = [];
    private readonly Queue<OpportunityId> _order = new();
    private readonly long[] _ends = new long[Enum.GetValues<WatchEnd>().Length];
    private readonly NewestMarket _market;
    private Slot _newest;

    /// <summary>Watches by the pools as the feed has them.</summary>
    /// <param name="market">
    /// The pools; one that a transaction is writing as it was before that one, which is observed in its turn.
    /// </param>
    /// <param name="meters">Where it counts how searches end; null for nowhere.</param>
    public ChanceWatch(NewestMarket market, IMeterFactory? meters = null)
    {
        _market = market;
        meters?.Create("Mev").CreateObservableCounter(
            "mev.attributions", Ends, "{search}", "Searches for who took a chance, by how they ended.");
    }

    /// <summary>How often a search ended so.</summary>
    public long Count(WatchEnd end) => Interlocked.Read(ref _ends[(int)end]);

    /// <summary>Its bound with its count as of now.</summary>
    public IEnumerable<LimitCount> Limits() =>
        [new LimitCount("execution.watched-chances", WatchedMax, AtLimit.Forget, Count(WatchEnd.GivenUp))];

    /// <summary>Begins to watch, before its bytes leave.</summary>
    internal void Add(SignedBundle bundle)
    {
        var submission = bundle.Submission;
        if (submission.Hops.IsEmpty) return;
        var market = _market(submission.Hops.Select(hop => hop.Hop.Pool));
        lock (_gate)
        {
            if (_watched.ContainsKey(submission.Opportunity)) return;
            if (market is null)
            {
                Counted(WatchEnd.Unclear);
                return;
            }
            var chance = new WatchedChance(bundle, market.Value, _newest);
            _watched.Add(submission.Opportunity, chance);
            _order.Enqueue(submission.Opportunity);
            _fresh.Add(submission.Opportunity);
            foreach (var account in chance.Accounts)
            {
                if (!_byAccount.TryGetValue(account, out var watching)) _byAccount.Add(account, watching = []);
                watching.Add(submission.Opportunity);
            }
            if (_watched.Count > WatchedMax) End(Oldest(), WatchEnd.GivenUp);
        }
    }

    /// <summary>Its first byte leaves: what lands in an earlier slot is faster than ours can be.</summary>
    internal void Sent(OpportunityId opportunity)
    {
        lock (_gate)
            if (_watched.TryGetValue(opportunity, out var chance)) chance.SentIn ??= _newest;
    }

    /// <summary>Takes what the stream tells; the chances that it shows to be taken, and by whom.</summary>
    internal IReadOnlyList<(OpportunityId Opportunity, AttributedWinner Winner)> Observe(Observation observation)
    {
        lock (_gate)
        {
            var taken = new List<(OpportunityId, AttributedWinner)>();
            ShowRecent(taken);
            if (observation is ObservedBreak { From: var from }) Break(from);
            if (observation is ObservedTransaction transaction) Take(transaction, taken);
            return taken;
        }
    }

    /// <summary>
    /// What was observed before a chance was watched may have come after its decision, and its pools may not show it
    /// yet.
    /// </summary>
    private void ShowRecent(List<(OpportunityId, AttributedWinner)> taken)
    {
        foreach (var id in _fresh)
        {
            foreach (var recent in _recent)
                if (_watched.ContainsKey(id)) Take(id, recent, taken, isEarlier: true);
        }
        _fresh.Clear();
    }

    private void Break(Slot from)
    {
        foreach (var (id, _) in _watched.Where(entry => entry.Value.LastSlot >= from).ToList())
            End(id, WatchEnd.Unclear);
        var kept = _recent.Where(recent => recent.Slot < from).ToList();
        _recent.Clear();
        foreach (var recent in kept) _recent.Enqueue(recent);
    }

    private void Take(ObservedTransaction transaction, List<(OpportunityId, AttributedWinner)> taken)
    {
        if (transaction.Slot > _newest) _newest = transaction.Slot;
        while (_watched.Count > 0 && Oldest() is var oldest && _watched[oldest].FirstSlot.Plus(SlotsMax) < _newest)
            End(oldest, WatchEnd.Untaken);
        var touched = new SortedSet<OpportunityId>(Comparer<OpportunityId>.Create(
            static (one, other) => one.Value.CompareTo(other.Value)));
        foreach (var account in transaction.Writable.Concat(transaction.Writes.Select(write => write.Key)))
            if (_byAccount.TryGetValue(account, out var watching)) touched.UnionWith(watching);
        foreach (var id in touched) Take(id, transaction, taken);
        _recent.Enqueue(transaction);
        if (_recent.Count > RecentMax) _recent.Dequeue();
    }

    private void Take(
        OpportunityId id, ObservedTransaction transaction, List<(OpportunityId, AttributedWinner)> taken,
        bool isEarlier = false)
    {
        var chance = _watched[id];
        var end = chance.Take(transaction, isEarlier);
        if (chance.Winner is { } winner) taken.Add((id, winner));
        if (end != WatchEnd.Unknown) End(id, end);
    }

    /// <summary>The one watched for longest; what ended before it leaves the queue.</summary>
    private OpportunityId Oldest()
    {
        while (!_watched.ContainsKey(_order.Peek())) _order.Dequeue();
        return _order.Peek();
    }

    private void End(OpportunityId id, WatchEnd end)
    {
        if (!_watched.Remove(id, out var chance)) return;
        Counted(end);
        foreach (var account in chance.Accounts)
        {
            var watching = _byAccount[account];
            watching.Remove(id);
            if (watching.Count == 0) _byAccount.Remove(account);
        }
        if (_watched.Count == 0) _order.Clear();
    }

    private IEnumerable<Measurement<long>> Ends() =>
        Enum.GetValues<WatchEnd>().Where(end => end != WatchEnd.Unknown).Select(end =>
            new Measurement<long>(Count(end), new KeyValuePair<string, object?>("result", end.ToString())));

    private void Counted(WatchEnd end) => Interlocked.Increment(ref _ends[(int)end]);
}
