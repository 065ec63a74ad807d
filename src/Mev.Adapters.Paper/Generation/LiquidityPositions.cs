using Mev.Domain.Learning;

namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// The liquidity of a generated Whirlpool or CLMM pool: one wide position, five around the price, two beside it. All
/// lie within the three arrays around the price, so the net liquidity of all ticks sums to zero.
/// </summary>
internal sealed class LiquidityPositions
{
    private const int AroundCount = 5;
    private const int BesideCount = 2;

    private readonly SortedDictionary<int, (Int128 Net, UInt128 Gross)> _ticks = [];
    private readonly int _tick;

    public LiquidityPositions(LiquidityTier tier, int tick, UInt128 liquidity, DrawStream stream)
    {
        _tick = tick;
        var first = tier.StartOf(tick) - tier.Span;
        var last = first + 3 * tier.Span - tier.Spacing;
        var draws = stream.At(GeneratorPurposes.Positions);
        var part = liquidity / (2 * AroundCount);
        Add(first, last, liquidity - AroundCount * part);
        for (var i = 0; i < AroundCount; i++)
        {
            var lower = Round(tier, tick - draws.Uniform() * (tick - first) / 2);
            var upper = Round(tier, tick + draws.Uniform() * (last - tick) / 2) + tier.Spacing;
            Add(lower, Math.Min(upper, last), part);
        }
        for (var i = 0; i < BesideCount; i++)
        {
            var lower = Round(tier, tick + (last - tick) * (0.2 + 0.3 * draws.Uniform())) + tier.Spacing;
            Add(lower, Math.Min(lower + Round(tier, tier.Span * draws.Uniform()) + tier.Spacing, last), part);
        }
    }

    /// <summary>Initialised ticks, ascending, with net and gross liquidity.</summary>
    public IReadOnlyDictionary<int, (Int128 Net, UInt128 Gross)> Ticks => _ticks;

    /// <summary>Liquidity at the current tick.</summary>
    public UInt128 InRange { get; private set; }

    private static int Round(LiquidityTier tier, double tick) => (int)Math.Floor(tick / tier.Spacing) * tier.Spacing;

    private void Add(int lower, int upper, UInt128 liquidity)
    {
        if (upper <= lower) return;
        AddTick(lower, (Int128)liquidity, liquidity);
        AddTick(upper, -(Int128)liquidity, liquidity);
        if (lower <= _tick && _tick < upper) InRange += liquidity;
    }

    private void AddTick(int tick, Int128 net, UInt128 gross)
    {
        _ticks.TryGetValue(tick, out var known);
        _ticks[tick] = (known.Net + net, known.Gross + gross);
    }
}
