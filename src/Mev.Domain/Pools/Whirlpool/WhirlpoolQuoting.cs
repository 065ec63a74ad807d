using System.Runtime.CompilerServices;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>Swaps at a state, as amounts alone or in full.</summary>
internal static class WhirlpoolQuoting
{
    /// <summary>More crossings than this do not fit into 1,400,000 compute units (about 41,000 + 7,520 each).</summary>
    public const int CrossingsMax = 175;

    /// <summary>Amounts of a swap without a limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quote Quote<TVariant>(ref readonly WhirlpoolState state, ulong amount)
        where TVariant : struct, ISwapVariant
    {
        if (amount == 0) return Pools.Quote.Refused(QuoteError.ZeroAmount);
        var limit = TVariant.IsDown ? TickMath.SqrtPriceMin : TickMath.SqrtPriceMax;
        var walk = new WhirlpoolWalk<TVariant, ISwapTrace.None>(in state, amount, limit);
        if (TVariant.IsExactIn && walk.TryRunShort()) return Pools.Quote.Of(amount, walk.Other);
        ISwapTrace.None trace = default;
        var error = walk.Run(ref trace);
        if (error == QuoteError.None) error = ErrorOf<TVariant, ISwapTrace.None>(in walk);
        if (error != QuoteError.None) return new Quote(default, default, error, walk.TicksCrossed);
        var used = amount - walk.Remaining;
        return TVariant.IsExactIn
            ? Pools.Quote.Of(used, walk.Other, walk.TicksCrossed)
            : Pools.Quote.Of(walk.Other, used, walk.TicksCrossed);
    }

    /// <summary>Everything about a swap; <paramref name="limit"/> 0 means none.</summary>
    public static WhirlpoolSwap Swap<TVariant>(ref readonly WhirlpoolState state, ulong amount, UInt128 limit)
        where TVariant : struct, ISwapVariant
    {
        var isLimited = limit != UInt128.Zero;
        if (!isLimited) limit = TVariant.IsDown ? TickMath.SqrtPriceMin : TickMath.SqrtPriceMax;
        if (limit < TickMath.SqrtPriceMin || limit > TickMath.SqrtPriceMax)
            return new WhirlpoolSwap { Error = QuoteError.SqrtPriceOutOfBounds };
        if (TVariant.IsDown ? limit > state.SqrtPrice : limit < state.SqrtPrice)
            return new WhirlpoolSwap { Error = QuoteError.InvalidSqrtPriceLimitDirection };
        if (amount == 0) return new WhirlpoolSwap { Error = QuoteError.ZeroAmount };
        var walk = new WhirlpoolWalk<TVariant, FeeTrace>(in state, amount, limit);
        var trace = new FeeTrace(state.ProtocolShare);
        var error = walk.Run(ref trace);
        if (error == QuoteError.None && !TVariant.IsExactIn && !isLimited && walk.Remaining != 0)
            error = QuoteError.PartialFill;
        if (error != QuoteError.None) return new WhirlpoolSwap { Error = error, TicksCrossed = walk.TicksCrossed };
        var used = amount - walk.Remaining;
        return new WhirlpoolSwap
        {
            AmountIn = TVariant.IsExactIn ? used : walk.Other,
            AmountOut = TVariant.IsExactIn ? walk.Other : used,
            SqrtPrice = walk.Price,
            Liquidity = walk.Liquidity,
            Tick = walk.IsBetweenTicks ? TickMath.TickAt(walk.Price) : walk.Tick,
            LiquidityFee = trace.LiquidityFee,
            ProtocolFee = trace.ProtocolFee,
            FeeGrowth = trace.FeeGrowth,
            TicksCrossed = walk.TicksCrossed,
        };
    }

    /// <summary>The ticks that an exact-in swap without a limit crosses, in walking order.</summary>
    public static List<(int Tick, UInt128 FeeGrowth)> Crossings(
        ref readonly WhirlpoolState state, SwapDirection direction, ulong amountIn)
    {
        var crossings = new List<(int, UInt128)>();
        var trace = new CrossingTrace<FeeTrace>(new FeeTrace(state.ProtocolShare), crossings);
        _ = direction == SwapDirection.AToB
            ? new WhirlpoolWalk<ISwapVariant.DownIn, CrossingTrace<FeeTrace>>(in state, amountIn, TickMath.SqrtPriceMin)
                .Run(ref trace)
            : new WhirlpoolWalk<ISwapVariant.UpIn, CrossingTrace<FeeTrace>>(in state, amountIn, TickMath.SqrtPriceMax)
                .Run(ref trace);
        return crossings;
    }

    private static QuoteError ErrorOf<TVariant, TTrace>(ref readonly WhirlpoolWalk<TVariant, TTrace> walk)
        where TVariant : struct, ISwapVariant
        where TTrace : struct, ISwapTrace
    {
        if (!TVariant.IsExactIn && walk.Remaining != 0) return QuoteError.PartialFill;
        return walk.TicksCrossed > CrossingsMax ? QuoteError.TooManyCrossings : QuoteError.None;
    }
}
