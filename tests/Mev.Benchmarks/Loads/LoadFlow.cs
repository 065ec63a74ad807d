namespace Mev.Benchmarks.Loads;

/// <summary>
/// Chooses the next transaction: a pool drawn uniformly, at rest or opening a gap. One pool of an island has a gap at a
/// time; its own next update closes it. The shares of the mix hold for the evaluations of a steady stream.
/// </summary>
internal sealed class LoadFlow
{
    private readonly LoadPool[] _pools;
    private readonly int[] _gapOf;
    private readonly bool[] _isTurn;
    private readonly double _narrow;
    private readonly double _gap;
    private readonly double _big;
    private SplitMix _random = new(7);

    public LoadFlow(LoadUniverse universe, LoadMix mix)
    {
        _pools = universe.Pools;
        _gapOf = new int[universe.Islands];
        Array.Fill(_gapOf, -1);
        _isTurn = new bool[_pools.Length];
        var movable = _pools.Where(pool => pool.Gap is not null).ToList();
        var perIsland = (double)universe.HopsTotal / universe.Islands;
        // Share of islands that have such a gap open, so that the evaluations of its cycles make the share wanted.
        var narrow = mix.Narrow * perIsland / movable.Average(pool => pool.Narrow!.PayingHops);
        var gap = mix.Gap * perIsland / movable.Average(pool => pool.Gap!.PayingHops);
        var big = mix.Big * perIsland / movable.Average(pool => pool.Big!.PayingHops);
        var isFree = 1 - narrow - gap - big;
        if (isFree <= 0) throw new InvalidOperationException($"{mix.Name}: more gaps than islands");
        var chance = (double)_pools.Length / movable.Count / LoadUniverse.PoolsPerIsland / isFree;
        (_narrow, _gap, _big) = (narrow * chance, gap * chance, big * chance);
    }

    /// <summary>Number of the pool that the last transaction was of.</summary>
    public int Last { get; private set; }

    /// <summary>The next transactions; drawn before they are looked up, so that the look-ups overlap.</summary>
    public void Next(Span<PoolVariant> variants)
    {
        Span<int> numbers = stackalloc int[variants.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = _random.Below(_pools.Length);
        for (var i = 0; i < numbers.Length; i++) variants[i] = Choose(numbers[i]);
    }

    public PoolVariant Next() => Choose(Last = _random.Below(_pools.Length));

    private PoolVariant Choose(int number)
    {
        var pool = _pools[number];
        if (_gapOf[pool.Island] == number)
        {
            _gapOf[pool.Island] = -1;
        }
        else if (_gapOf[pool.Island] < 0 && pool.Gap is not null && Draw(pool) is { } opened)
        {
            _gapOf[pool.Island] = number;
            return opened;
        }
        _isTurn[number] = !_isTurn[number];
        return pool.Rest[_isTurn[number] ? 1 : 0];
    }

    private PoolVariant? Draw(LoadPool pool)
    {
        var u = _random.Uniform();
        if (u < _narrow) return pool.Narrow;
        if (u < _narrow + _gap) return pool.Gap;
        return u < _narrow + _gap + _big ? pool.Big : null;
    }
}
