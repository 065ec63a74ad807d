namespace Mev.Domain.Pools.Whirlpool;

/// <summary>A state in floating point, for finding where to look. Never a result.</summary>
internal static class WhirlpoolCurve
{
    private const double TwoTo64 = 18446744073709551616.0;

    // Above the rounding of the few operations below (each 2^-53), so that a rate is never under an exact quote.
    private const double UpwardMargin = 1 + 1e-14;

    /// <summary>
    /// Output per input at the first price with liquidity in this direction: every later price is worse, and the
    /// program rounds against the trader.
    /// </summary>
    public static double MarginalRate(in WhirlpoolState state, SwapDirection direction)
    {
        var isDown = direction == SwapDirection.AToB;
        ref readonly var window = ref isDown ? ref state.Down : ref state.Up;
        if (window.IsShut) return 0;
        var price = ToDouble(state.SqrtPrice);
        if (state.Liquidity == UInt128.Zero)
        {
            if (isDown ? state.Position <= window.Bound : state.Position >= window.Bound) return 0;
            price = ToDouble(state.Ticks[isDown ? state.Position - 1 : state.Position].SqrtPrice);
        }
        var root = price / TwoTo64;
        var keep = 1 - (double)state.FeeRate / WhirlpoolFees.RateOne;
        return (isDown ? root * root : 1 / (root * root)) * keep * UpwardMargin;
    }

    /// <summary>The stretches of constant liquidity in walking order, empty ones left out.</summary>
    public static int Fill(in WhirlpoolState state, SwapDirection direction, Span<CurveSegment> segments)
    {
        var isDown = direction == SwapDirection.AToB;
        ref readonly var window = ref isDown ? ref state.Down : ref state.Up;
        if (window.IsShut) return 0;
        var keep = 1 - (double)state.FeeRate / WhirlpoolFees.RateOne;
        var (position, count, liquidity) = (state.Position, 0, state.Liquidity);
        var from = ToDouble(state.SqrtPrice) / TwoTo64;
        double inTotal = 0, outTotal = 0;
        while (count < segments.Length)
        {
            var isTick = isDown ? position > window.Bound : position < window.Bound;
            var tick = isTick ? state.Ticks[isDown ? position - 1 : position] : default;
            var to = ToDouble(isTick ? tick.SqrtPrice : window.EdgePrice) / TwoTo64;
            if (liquidity != UInt128.Zero && from != to)
            {
                var size = ToDouble(liquidity);
                var (reserveIn, reserveOut) = isDown ? (size / from, size * from) : (size * from, size / from);
                var amountIn = (isDown ? size / to - size / from : size * (to - from)) / keep;
                var amountOut = isDown ? size * (from - to) : size / from - size / to;
                segments[count++] = new CurveSegment(
                    inTotal, inTotal + amountIn, outTotal, reserveIn, reserveOut, keep, OutKeep: 1);
                inTotal += amountIn;
                outTotal += amountOut;
            }
            if (!isTick) break;
            var next = unchecked((Int128)liquidity + (isDown ? -tick.LiquidityNet : tick.LiquidityNet));
            if (next < Int128.Zero) break;
            liquidity = (UInt128)next;
            position += isDown ? -1 : 1;
            from = to;
        }
        return count;
    }

    private static double ToDouble(UInt128 value) => unchecked((ulong)(value >> 64) * TwoTo64 + (ulong)value);
}
