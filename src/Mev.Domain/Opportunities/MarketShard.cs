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
    private const int AlsoReadPerHopMax = 2; // the mints

    private readonly CycleIndex _index;
    private readonly CandidateFilter _filter;
    private readonly CycleSizer _sizer;
    private readonly SizedCycle _sized = new();
    private readonly BestCandidates _best = new();
    private readonly PoolAccount[] _hopAccounts = new PoolAccount[OpportunityIds.AccountsPerHopMax];
    private readonly Pool[] _pools;
    private readonly PoolCondition[] _conditions;
    private readonly bool[] _isQuarantined;
    private readonly long[] _arrivedNs; // of the oldest update in this drain; 0 = not dirty
    private readonly int[] _dirty;
    private readonly Lamports _landingFee;
    private int _dirtyCount;
    private TokenAmount _atHand;

    /// <summary>A shard without states: nothing pays before pools were given.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="index">Its cycles (<see cref="CycleIndex.Shard"/>).</param>
    /// <param name="pools">A pool for each of the index's, in its order; whoever feeds the shard keeps them.</param>
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

    /// <summary>Its own pool, by the index's number, for bringing it up to date before <see cref="Refresh"/>.</summary>
    public Pool PoolAt(int pool) => _pools[pool];

    /// <summary>What the feed did not know of a pool when its state was taken.</summary>
    public PoolCondition ConditionOf(int pool) => _conditions[pool];

    /// <summary>The most profitable cycles that the last drain sized, at most 16, valid until the next.</summary>
    public ReadOnlySpan<SizedCandidate> Best => _best.Best;

    /// <summary>The pool has another state: the next drain evaluates the cycles over it.</summary>
    /// <param name="pool">Its number in the index.</param>
    /// <param name="condition">What the feed does not know of it.</param>
    /// <param name="arrivedNs">First byte of the update, nanoseconds since 1970; of several the oldest counts.</param>
    public void Refresh(int pool, PoolCondition condition, long arrivedNs)
    {
        _conditions[pool] = condition;
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
    /// <param name="accounts">Where the account versions go that they were quoted on.</param>
    /// <param name="atHand">Wrapped SOL that cycles over it may put in; 0 for as much as the limits allow.</param>
    public DrainCounts Evaluate(
        in ChainClock clock, long startedNs, List<Opportunity> found, QuotedAccounts accounts,
        TokenAmount atHand = default)
    {
        _atHand = atHand;
        var tally = _filter.Evaluate(_dirty.AsSpan(0, _dirtyCount));
        long opportunities = 0, listed = 0;
        _best.Clear();
        foreach (var cycle in _filter.Survivors)
        {
            var verdict = Judge(cycle, clock);
            _best.Offer(new SizedCandidate(_index.HashOf(cycle), new Lamports(_sized.ProfitUnits), verdict));
            if (verdict is not (CandidateVerdict.Opportunity or CandidateVerdict.Listed)) continue;
            found.Add(Describe(cycle, clock, startedNs, accounts));
            if (verdict == CandidateVerdict.Opportunity) opportunities++;
            else listed++;
        }
        foreach (var pool in _dirty.AsSpan(0, _dirtyCount)) _arrivedNs[pool] = 0;
        _dirtyCount = 0;
        return new DrainCounts(tally.Candidates, tally.Survivors, tally.Survivors, opportunities, listed);
    }

    private CandidateVerdict Judge(int cycle, in ChainClock clock)
    {
        var isWrapped = _index.BaseMintOf(cycle) == Mints.Wsol;
        _sizer.AtHand = isWrapped ? _atHand : default;
        if (!_sizer.Size(_index, cycle, _pools, clock, _sized)) return CandidateVerdict.NoSizePays;
        if (!isWrapped) return CandidateVerdict.Listed;
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

    private Opportunity Describe(int cycle, in ChainClock clock, long startedNs, QuotedAccounts accounts)
    {
        var edges = _index.EdgesOf(cycle);
        var hops = new HopAmounts[edges.Length];
        var (arrivedNs, openedUnixTime) = (long.MaxValue, 0L);
        for (var i = 0; i < edges.Length; i++)
        {
            var sized = _sized.Hops[i];
            hops[i] = new HopAmounts(
                _index.HopOf(edges[i]), sized.AmountIn, sized.AmountOut, sized.TicksCrossed,
                _index.MintIn(edges[i]));
            var arrivedAt = _arrivedNs[edges[i] >> 1];
            if (arrivedAt != 0) arrivedNs = Math.Min(arrivedNs, arrivedAt);
            openedUnixTime = Math.Max(openedUnixTime, _pools[edges[i] >> 1].OpenedUnixTime);
        }
        var uses = Uses(edges, accounts, out var named);
        var slot = default(Slot);
        foreach (ref readonly var use in uses.Span)
            if (use.Slot > slot) slot = use.Slot;
        var (hash, baseMint) = (_index.HashOf(cycle), _index.BaseMintOf(cycle));
        return new Opportunity
        {
            Id = OpportunityIds.Derive(slot, hash, uses.Span[..named]),
            Cycle = hash,
            Hops = ImmutableCollectionsMarshal.AsImmutableArray(hops),
            BaseMint = baseMint,
            GrossProfit = new Lamports(_sized.ProfitUnits),
            ProfitBound = new Lamports(_sized.BoundUnits),
            Certificate = _sized.Certificate,
            Clock = clock,
            Slot = slot,
            Accounts = uses,
            Shard = Number,
            ReceivedNs = arrivedNs,
            EvaluatedNs = startedNs,
            OpenedUnixTime = openedUnixTime,
            AtHand = baseMint == Mints.Wsol ? _atHand : default,
        };
    }

    /// <summary>
    /// Those that the quotes depend on, which the id names, ascending by key (two pools may share an account); then
    /// those without whose bytes a record does not replay.
    /// </summary>
    private ReadOnlyMemory<AccountUse> Uses(ReadOnlySpan<int> edges, QuotedAccounts accounts, out int named)
    {
        var room = accounts.Room(edges.Length * (OpportunityIds.AccountsPerHopMax + AlsoReadPerHopMax));
        var uses = room.Span;
        var count = 0;
        foreach (var edge in edges)
        {
            var direction = (SwapDirection)(edge & 1);
            foreach (var account in _hopAccounts.AsSpan(0, _pools[edge >> 1].DependsOn(direction, _hopAccounts)))
            {
                var at = count;
                while (at > 0 && uses[at - 1].Key.CompareTo(account.Key) > 0) at--;
                if (at > 0 && uses[at - 1].Key == account.Key) continue;
                uses[at..count].CopyTo(uses[(at + 1)..]);
                uses[at] = accounts.Use(account);
                count++;
            }
        }
        named = count;
        foreach (var edge in edges)
        {
            foreach (var account in _hopAccounts.AsSpan(0, _pools[edge >> 1].AlsoReads(_hopAccounts)))
                if (!Contains(uses[..count], account.Key)) uses[count++] = accounts.Use(account);
        }
        accounts.Keep(count);
        return room[..count];
    }

    private static bool Contains(ReadOnlySpan<AccountUse> uses, Pubkey key)
    {
        foreach (ref readonly var use in uses)
            if (use.Key == key) return true;
        return false;
    }
}
