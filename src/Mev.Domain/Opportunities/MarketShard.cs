using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Domain.Opportunities;

/// <summary>
/// One market shard: some of the cycles with its own copy of every pool that they use. A drain evaluates the cycles
/// over the pools that changed: the cheap filter on every candidate, exact sizing on survivors. Synchronous; allocates
/// for opportunities only. Not thread-safe.
/// </summary>
public sealed class MarketShard
{
    private const int AccountsPerHopMax = 8; // pool, config, two vaults, two mints; or pool and three tick arrays

    private readonly CycleIndex _index;
    private readonly CandidateFilter _filter;
    private readonly CycleSizer _sizer;
    private readonly SizedCycle _sized = new();
    private readonly BestCandidates _best = new();
    private readonly Pool[] _pools;
    private readonly PoolCondition[] _conditions;
    private readonly bool[] _isQuarantined;
    private readonly long[] _arrivedNs; // of the oldest update in this drain; 0 = not dirty
    private readonly int[] _dirty;
    private readonly Lamports _landingFee;
    private int _dirtyCount;

    /// <summary>A shard without states: nothing pays before pools were given.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="index">Its cycles (<see cref="CycleIndex.Shard"/>).</param>
    /// <param name="pools">An empty pool for each of the index's, in its order.</param>
    /// <param name="sizing">Bounds of sizing.</param>
    /// <param name="landingFee">Fixed cost of a landing: a WSOL cycle that yields no more is no opportunity.</param>
    public MarketShard(
        int number, CycleIndex index, IReadOnlyList<Pool> pools, SizingLimits sizing, Lamports landingFee)
    {
        (Number, _index, _landingFee) = (number, index, landingFee);
        _pools = [.. pools];
        _filter = new CandidateFilter(index);
        _sizer = new CycleSizer(sizing);
        _conditions = new PoolCondition[_pools.Length];
        _isQuarantined = new bool[_pools.Length];
        _arrivedNs = new long[_pools.Length];
        _dirty = new int[_pools.Length];
    }

    /// <summary>Its number.</summary>
    public int Number { get; }

    /// <summary>Its cycles.</summary>
    public CycleIndex Cycles => _index;

    /// <summary>Its copy of a pool, by the index's number.</summary>
    public Pool PoolAt(int pool) => _pools[pool];

    /// <summary>What the feed did not know of a pool when its state was taken.</summary>
    public PoolCondition ConditionOf(int pool) => _conditions[pool];

    /// <summary>The most profitable cycles that the last drain sized, at most 16, valid until the next.</summary>
    public ReadOnlySpan<SizedCandidate> Best => _best.Best;

    /// <summary>
    /// Takes over a pool's newest state; the object belongs to the shard until the next one for that pool.
    /// </summary>
    public void Refresh(int pool, Pool state, PoolCondition condition, long arrivedNs)
    {
        (_pools[pool], _conditions[pool]) = (state, condition);
        SetRates(pool);
        if (_arrivedNs[pool] == 0) _dirty[_dirtyCount++] = pool;
        else arrivedNs = Math.Min(arrivedNs, _arrivedNs[pool]);
        _arrivedNs[pool] = Math.Max(1, arrivedNs);
    }

    /// <summary>Puts exactly these pools out of use; called when a policy version comes into force.</summary>
    public void Quarantine(ImmutableArray<PoolId> pools)
    {
        Array.Clear(_isQuarantined);
        foreach (var id in pools)
            if (_index.TryFind(id, out var pool)) _isQuarantined[pool] = true;
        for (var pool = 0; pool < _pools.Length; pool++) SetRates(pool);
    }

    /// <summary>
    /// Evaluates every cycle over the pools refreshed since the last call, adds the opportunities to
    /// <paramref name="found"/> in the order of their cycles, and says what became of the candidates.
    /// </summary>
    /// <param name="clock">The chain's time.</param>
    /// <param name="startedNs">When the drain began, by the host's clock.</param>
    /// <param name="found">Where opportunities go.</param>
    public DrainCounts Evaluate(in ChainClock clock, long startedNs, List<Opportunity> found)
    {
        var tally = _filter.Evaluate(_dirty.AsSpan(0, _dirtyCount));
        long opportunities = 0, listed = 0;
        _best.Clear();
        foreach (var cycle in _filter.Survivors)
        {
            var verdict = Judge(cycle, clock);
            _best.Offer(new SizedCandidate(_index.HashOf(cycle), new Lamports(_sized.ProfitUnits), verdict));
            if (verdict is not (CandidateVerdict.Opportunity or CandidateVerdict.Listed)) continue;
            found.Add(Describe(cycle, clock, startedNs));
            if (verdict == CandidateVerdict.Opportunity) opportunities++;
            else listed++;
        }
        foreach (var pool in _dirty.AsSpan(0, _dirtyCount)) _arrivedNs[pool] = 0;
        _dirtyCount = 0;
        return new DrainCounts(tally.Candidates, tally.Survivors, tally.Survivors, opportunities, listed);
    }

    private CandidateVerdict Judge(int cycle, in ChainClock clock)
    {
        if (!_sizer.Size(_index, cycle, _pools, clock, _sized)) return CandidateVerdict.NoSizePays;
        if (_index.BaseMintOf(cycle) != Mints.Wsol) return CandidateVerdict.Listed;
        return _sized.ProfitUnits > _landingFee.Value
            ? CandidateVerdict.Opportunity
            : CandidateVerdict.BelowLandingFee;
    }

    private void SetRates(int pool)
    {
        var state = _pools[pool];
        var isUsable = _conditions[pool] == PoolCondition.None && state.Defect == PoolDefect.None
            && !_isQuarantined[pool];
        if (isUsable) _filter.Update(pool, state);
        else _filter.Mute(pool);
    }

    private Opportunity Describe(int cycle, in ChainClock clock, long startedNs)
    {
        var edges = _index.EdgesOf(cycle);
        var hops = new HopAmounts[edges.Length];
        var arrivedNs = long.MaxValue;
        var accounts = new List<AccountUse>(4 * edges.Length);
        for (var i = 0; i < edges.Length; i++)
        {
            var (pool, sized) = (edges[i] >> 1, _sized.Hops[i]);
            hops[i] = new HopAmounts(_index.HopOf(edges[i]), sized.AmountIn, sized.AmountOut);
            if (_arrivedNs[pool] != 0) arrivedNs = Math.Min(arrivedNs, _arrivedNs[pool]);
            AddAccounts(_pools[pool], (SwapDirection)(edges[i] & 1), accounts);
        }
        accounts.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        var slot = accounts.Aggregate(0UL, (highest, account) => Math.Max(highest, account.Slot.Value));
        var hash = _index.HashOf(cycle);
        var id = OpportunityIds.Derive(new Slot(slot), hash, [.. accounts.Select(use => (use.Key, use.Hash))]);
        foreach (var edge in edges) AddAlsoRead(_pools[edge >> 1], accounts);
        return new Opportunity
        {
            Id = id,
            Cycle = hash,
            Hops = ImmutableCollectionsMarshal.AsImmutableArray(hops),
            BaseMint = _index.BaseMintOf(cycle),
            GrossProfit = new Lamports(_sized.ProfitUnits),
            ProfitBound = new Lamports(_sized.BoundUnits),
            Certificate = _sized.Certificate,
            Clock = clock,
            Slot = new Slot(slot),
            Accounts = [.. accounts],
            Shard = Number,
            ReceivedNs = arrivedNs,
            EvaluatedNs = startedNs,
        };
    }

    /// <summary>Two pools may share an account (a config): it is named once.</summary>
    private static void AddAccounts(Pool pool, SwapDirection direction, List<AccountUse> uses)
    {
        var accounts = new PoolAccount[AccountsPerHopMax];
        Add(accounts.AsSpan(0, pool.DependsOn(direction, accounts)), uses);
    }

    /// <summary>Beside what the id names: without these bytes a record does not replay.</summary>
    private static void AddAlsoRead(Pool pool, List<AccountUse> uses)
    {
        var accounts = new PoolAccount[2];
        Add(accounts.AsSpan(0, pool.AlsoReads(accounts)), uses);
    }

    private static void Add(ReadOnlySpan<PoolAccount> accounts, List<AccountUse> uses)
    {
        foreach (var account in accounts)
        {
            if (uses.Exists(use => use.Key == account.Key)) continue;
            uses.Add(new AccountUse(
                account.Key, account.Owner, account.Slot, account.WriteVersion, account.Hash, account.Snapshot()));
        }
    }
}
