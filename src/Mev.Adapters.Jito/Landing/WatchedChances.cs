using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Jito.Landing;

/// <summary>Chances of one kind that are looked after, with the accounts whose change may take them.</summary>
internal sealed class WatchedChances(Func<TransactionSignature, bool> isOwn)
{
    private readonly List<OpportunityId> _fresh = []; // have not seen the recent transactions yet
    private readonly Dictionary<OpportunityId, WatchedChance> _watched = [];
    private readonly Dictionary<Pubkey, HashSet<OpportunityId>> _byAccount = [];
    private readonly Queue<OpportunityId> _order = new();
    private readonly long[] _ends = new long[Enum.GetValues<WatchEnd>().Length];

    /// <summary>How many are watched.</summary>
    public int Count => _watched.Count;

    /// <summary>How often a search ended so. From any thread.</summary>
    public long Ended(WatchEnd end) => Interlocked.Read(ref _ends[(int)end]);

    /// <summary>The chance; null when it is not watched.</summary>
    public WatchedChance? Find(OpportunityId id) => _watched.GetValueOrDefault(id);

    /// <summary>Begins.</summary>
    public void Add(OpportunityId id, WatchedChance chance)
    {
        _watched.Add(id, chance);
        _order.Enqueue(id);
        _fresh.Add(id);
        foreach (var account in chance.Accounts)
        {
            if (!_byAccount.TryGetValue(account, out var watching)) _byAccount.Add(account, watching = []);
            watching.Add(id);
        }
    }

    /// <summary>Ends one; it was none is nothing.</summary>
    public void End(OpportunityId id, WatchEnd end)
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

    /// <summary>Ends the one watched for longest.</summary>
    public void GiveUpOldest() => End(Oldest(), WatchEnd.GivenUp);

    /// <summary>One that could not begin.</summary>
    public void Counted(WatchEnd end) => Interlocked.Increment(ref _ends[(int)end]);

    /// <summary>From that slot on something is missing.</summary>
    public void Break(Slot from)
    {
        foreach (var (id, _) in _watched.Where(entry => entry.Value.LastSlot >= from).ToList())
            End(id, WatchEnd.Unclear);
    }

    /// <summary>
    /// What was observed before a chance was watched may have come after its decision, and its pools may not show it
    /// yet.
    /// </summary>
    public void ShowRecent(
        IReadOnlyCollection<ObservedTransaction> recent, List<(OpportunityId, AttributedWinner)> taken)
    {
        foreach (var id in _fresh)
        {
            foreach (var transaction in recent)
                if (_watched.ContainsKey(id)) Take(id, transaction, taken, isEarlier: true);
        }
        _fresh.Clear();
    }

    /// <summary>Takes the next transaction, of which the newest slot is known.</summary>
    public void Take(ObservedTransaction transaction, Slot newest, List<(OpportunityId, AttributedWinner)> taken)
    {
        while (_watched.Count > 0 && Oldest() is var oldest
            && _watched[oldest].FirstSlot.Plus(ChanceWatch.SlotsMax) < newest)
        {
            End(oldest, WatchEnd.Untaken);
        }
        var touched = new SortedSet<OpportunityId>(Comparer<OpportunityId>.Create(
            static (one, other) => one.Value.CompareTo(other.Value)));
        foreach (var account in transaction.Writable.Concat(transaction.Writes.Select(write => write.Key)))
            if (_byAccount.TryGetValue(account, out var watching)) touched.UnionWith(watching);
        foreach (var id in touched) Take(id, transaction, taken, isEarlier: false);
    }

    private void Take(
        OpportunityId id, ObservedTransaction transaction, List<(OpportunityId, AttributedWinner)> taken,
        bool isEarlier)
    {
        var chance = _watched[id];
        var end = chance.Take(transaction, isEarlier);
        if (end is WatchEnd.Attributed or WatchEnd.Untipped && isOwn(transaction.Signature)) end = WatchEnd.Ours;
        else if (chance.Winner is { } winner) taken.Add((id, winner));
        if (end != WatchEnd.Unknown) End(id, end);
    }

    /// <summary>The one watched for longest; what ended before it leaves the queue.</summary>
    private OpportunityId Oldest()
    {
        while (!_watched.ContainsKey(_order.Peek())) _order.Dequeue();
        return _order.Peek();
    }
}
