namespace Mev.Domain.Pools.MeteoraDammV2;

/// <summary>Floating-point views of one direction of a pool: they find where to look, exact quotes decide.</summary>
internal static class MeteoraDammV2Curve
{
    private const double Scale = 18446744073709551616.0; // 2^64

    /// <summary>An upper bound of output per input for every amount: all rounding is against the user.</summary>
    public static double RateOf(in MeteoraDammV2State state, SwapDirection direction)
    {
        var (reserveIn, reserveOut) = Reserves(state, direction);
        return reserveOut / reserveIn * Keep(state);
    }

    /// <summary>The one piece, which ends where the price reaches its bound.</summary>
    public static CurveSegment PieceOf(in MeteoraDammV2State state, SwapDirection direction)
    {
        var (reserveIn, reserveOut) = Reserves(state, direction);
        var (price, bound) = direction == SwapDirection.AToB
            ? ((double)state.SqrtPrice, (double)state.SqrtPriceMin)
            : ((double)state.SqrtPriceMax, (double)state.SqrtPrice);
        // The input's reserve grows by the factor by which the square root of the price changes.
        var room = reserveIn * ((price - bound) / bound);
        var isOnOutput = state.IsFeeOnOutput(direction);
        var (keepIn, keepOut) = isOnOutput ? (1.0, Keep(state)) : (Keep(state), 1.0);
        return new CurveSegment(0, room / keepIn, 0, reserveIn, reserveOut, keepIn, keepOut);
    }

    private static (double In, double Out) Reserves(in MeteoraDammV2State state, SwapDirection direction)
    {
        var (liquidity, price) = ((double)state.Liquidity, (double)state.SqrtPrice);
        var (a, b) = (liquidity / price, liquidity / Scale * (price / Scale));
        return direction == SwapDirection.AToB ? (a, b) : (b, a);
    }

    private static double Keep(in MeteoraDammV2State state) => 1 - state.FeeRate / (double)MeteoraDammV2State.Billion;
}
