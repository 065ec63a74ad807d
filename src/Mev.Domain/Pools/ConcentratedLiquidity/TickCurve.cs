namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>A stretch in floating point, for finding where to look. Never a result.</summary>
internal static class TickCurve
{
    private const double TwoTo64 = 18446744073709551616.0;

    // Above the rounding of the few operations below (each 2^-53), so that a rate is never under an exact quote.
    private const double UpwardMargin = 1 + 1e-14;

    /// <summary>
    /// Output per input at the first price with liquidity: every later price is worse, and the programs round against
    /// the trader.
    /// </summary>
    public static double MarginalRate(in TickStretch stretch)
    {
        var price = stretch.SqrtPrice;
        if (stretch.Liquidity == UInt128.Zero || stretch.EdgePrice == UInt128.Zero)
        {
            if (!stretch.HasTickAt(stretch.Position)) return 0;
            if (stretch.Liquidity == UInt128.Zero) price = stretch.TickAt(stretch.Position).SqrtPrice;
        }
        var root = ToDouble(price) / TwoTo64;
        var keep = 1 - (double)stretch.FeeRate / SwapFees.RateOne;
        return (stretch.IsDown ? root * root : 1 / (root * root)) * keep * UpwardMargin;
    }

    /// <summary>The pieces of constant liquidity in walking order, empty ones left out.</summary>
    public static int Fill(in TickStretch stretch, Span<CurveSegment> segments)
    {
        var isDown = stretch.IsDown;
        var keep = 1 - (double)stretch.FeeRate / SwapFees.RateOne;
        var (position, count, liquidity) = (stretch.Position, 0, stretch.Liquidity);
        var from = ToDouble(stretch.SqrtPrice) / TwoTo64;
        double inTotal = 0, outTotal = 0;
        while (count < segments.Length)
        {
            var isTick = stretch.HasTickAt(position);
            if (!isTick && stretch.EdgePrice == UInt128.Zero) break;
            var tick = isTick ? stretch.TickAt(position) : default;
            var to = ToDouble(isTick ? tick.SqrtPrice : stretch.EdgePrice) / TwoTo64;
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
