using Mev.Domain.Pools;

namespace Mev.Domain.Cycles;

/// <summary>
/// The cheap filter over a shard's cycles: one marginal rate for each directed edge, fees included, and for a drain's
/// dirty pools every touched cycle evaluated once. It is floating point and only ever discards: a rate is never below
/// what an exact quote yields, so a cycle that pays at any size survives. Evaluating allocates nothing. Not
/// thread-safe.
/// </summary>
public sealed class CandidateFilter
{
    /// <summary>Default margin: far above the rounding of the products, far below any gap worth a fee.</summary>
    public const double StandardMargin = 1e-9;

    private readonly CycleIndex _index;
    private readonly double[] _rates;
    private readonly double _threshold;
    private readonly int[] _stamps;
    private readonly bool[] _isDirty;
    private readonly int[] _survivors;
    private int _stamp;
    private int _survivorCount;

    /// <summary>Starts with every rate 0, so no cycle survives before its pools were given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The margin is negative.</exception>
    public CandidateFilter(CycleIndex index, double margin = StandardMargin)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        _index = index;
        _threshold = 1 / (1 + margin);
        _rates = new double[index.UnitEdge + 1];
        _rates[index.UnitEdge] = 1;
        _stamps = new int[index.CycleCount];
        _isDirty = new bool[index.Pools.Length + 1];
        _survivors = new int[index.CycleCount];
    }

    /// <summary>
    /// Output per input at the margin by edge (2 * pool + direction), after fees; 0 where the pool must not be quoted.
    /// </summary>
    public Span<double> EdgeRates => _rates.AsSpan(0, _index.UnitEdge);

    /// <summary>The cycles that survived the last pass, ascending; valid until the next.</summary>
    public ReadOnlySpan<int> Survivors => _survivors.AsSpan(0, _survivorCount);

    /// <summary>Takes the rates of both directions from a pool's present state.</summary>
    public void Update(int poolNumber, Pool pool)
    {
        _rates[2 * poolNumber] = pool.MarginalRate(SwapDirection.AToB);
        _rates[2 * poolNumber + 1] = pool.MarginalRate(SwapDirection.BToA);
    }

    /// <summary>Sets both rates of a pool to 0: no cycle over it survives until the next update.</summary>
    public void Mute(int poolNumber) => _rates.AsSpan(2 * poolNumber, 2).Clear();

    /// <summary>
    /// Evaluates the cycles over <paramref name="dirtyPools"/> (numbers of the index, repeats allowed) at the present
    /// rates. The answer does not depend on whether neighbour lists or a full scan served it.
    /// </summary>
    public FilterTally Evaluate(ReadOnlySpan<int> dirtyPools)
    {
        var touches = 0L;
        foreach (var pool in dirtyPools) touches += _index.CycleCountOf(pool);
        // Measured: from about two thirds of all cycles on, scanning them in order beats following the lists.
        var isFullScan = dirtyPools.Length > 1 && 3 * touches > 2L * _index.CycleCount;
        _survivorCount = 0;
        var candidates = isFullScan ? ScanAll(dirtyPools)
            : dirtyPools.Length == 1 ? FollowOne(dirtyPools[0])
            : FollowLists(dirtyPools);
        return new FilterTally(candidates, _survivorCount, isFullScan);
    }

    // The pools of a cycle are distinct, so one pool's list has no repeats and needs no stamps.
    private int FollowOne(int pool)
    {
        var cycles = _index.CyclesOf(pool);
        var edges = _index.PaddedEdgesOver(pool);
        for (var i = 0; i < cycles.Length; i++)
            if (Pays(edges.Slice(i * CycleIndex.HopsMax, CycleIndex.HopsMax))) _survivors[_survivorCount++] = cycles[i];
        return cycles.Length;
    }

    private int FollowLists(ReadOnlySpan<int> dirtyPools)
    {
        NextStamp();
        var (stamp, stamps, candidates) = (_stamp, _stamps, 0);
        foreach (var pool in dirtyPools)
        {
            var cycles = _index.CyclesOf(pool);
            var edges = _index.PaddedEdgesOver(pool);
            for (var i = 0; i < cycles.Length; i++)
            {
                var cycle = cycles[i];
                if (stamps[cycle] == stamp) continue;
                stamps[cycle] = stamp;
                candidates++;
                if (Pays(edges.Slice(i * CycleIndex.HopsMax, CycleIndex.HopsMax))) _survivors[_survivorCount++] = cycle;
            }
        }
        _survivors.AsSpan(0, _survivorCount).Sort();
        return candidates;
    }

    private int ScanAll(ReadOnlySpan<int> dirtyPools)
    {
        foreach (var pool in dirtyPools) _isDirty[pool] = true;
        var edges = _index.PaddedEdges;
        var candidates = 0;
        for (var cycle = 0; cycle < _stamps.Length; cycle++)
        {
            var cycleEdges = edges.Slice(cycle * CycleIndex.HopsMax, CycleIndex.HopsMax);
            if (!IsTouched(cycleEdges)) continue;
            candidates++;
            if (Pays(cycleEdges)) _survivors[_survivorCount++] = cycle;
        }
        foreach (var pool in dirtyPools) _isDirty[pool] = false;
        return candidates;
    }

    private bool Pays(ReadOnlySpan<int> edges)
    {
        var rates = _rates;
        return rates[edges[0]] * rates[edges[1]] * (rates[edges[2]] * rates[edges[3]]) > _threshold;
    }

    private bool IsTouched(ReadOnlySpan<int> edges)
    {
        var isDirty = _isDirty;
        return isDirty[edges[0] >> 1] | isDirty[edges[1] >> 1] | isDirty[edges[2] >> 1] | isDirty[edges[3] >> 1];
    }

    private void NextStamp()
    {
        if (_stamp == int.MaxValue)
        {
            Array.Clear(_stamps);
            _stamp = 0;
        }
        _stamp++;
    }
}
