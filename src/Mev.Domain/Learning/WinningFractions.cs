namespace Mev.Domain.Learning;

/// <summary>
/// Moving averages of winning fractions (the winner's bid over the estimated profit): of each pool and of the market.
/// </summary>
/// <typeparam name="TPool">What a pool is named by.</typeparam>
public sealed class WinningFractions<TPool>
    where TPool : struct, IEquatable<TPool>
{
    /// <summary>An average that has seen nothing.</summary>
    public const double Start = 0.5;

    /// <summary>Highest fraction that is taken in; what is above counts as it.</summary>
    public const double FractionMax = 1.2;

    /// <summary>Pools with an average of their own at most; one beyond stays at <see cref="Start"/>.</summary>
    public const int PoolsMax = 4_096;

    private const double PoolWeight = 0.08;
    private const double MarketWeight = 0.03;

    private readonly Dictionary<TPool, double> _pools = [];

    /// <summary>Averages that have seen nothing.</summary>
    public WinningFractions()
    {
    }

    /// <summary>Averages as they stood.</summary>
    public WinningFractions(double market, IEnumerable<KeyValuePair<TPool, double>> pools)
    {
        Market = market;
        foreach (var (pool, fraction) in pools) _pools[pool] = fraction;
    }

    /// <summary>Over all pools.</summary>
    public double Market { get; private set; } = Start;

    /// <summary>Pools with an average of their own, in no order.</summary>
    public IReadOnlyCollection<KeyValuePair<TPool, double>> Pools => _pools;

    /// <summary>On one pool.</summary>
    public double Of(TPool pool) => _pools.GetValueOrDefault(pool, Start);

    /// <summary>Takes in a fraction on one pool; the market's comes by <see cref="LearnMarket"/>.</summary>
    public void Learn(TPool pool, double fraction)
    {
        if (!_pools.ContainsKey(pool) && _pools.Count == PoolsMax) return;
        var before = Of(pool);
        _pools[pool] = before + PoolWeight * (Math.Min(fraction, FractionMax) - before);
    }

    /// <summary>Takes in a fraction, whatever the pool.</summary>
    public void LearnMarket(double fraction) => Market += MarketWeight * (Math.Min(fraction, FractionMax) - Market);
}
