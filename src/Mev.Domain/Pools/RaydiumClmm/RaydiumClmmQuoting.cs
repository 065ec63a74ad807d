using System.Runtime.CompilerServices;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>Swaps at a state, as amounts alone or in full.</summary>
internal static class RaydiumClmmQuoting
{
    /// <summary>
    /// More crossings than this do not fit into 1,400,000 compute units: the vectors took up to 80,000 without one and
    /// about 16,000 for each, arrays included.
    /// </summary>
    public const int CrossingsMax = 80;

    /// <summary>Amounts of a swap without a limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quote Quote<TVariant>(ref readonly RaydiumClmmState state, ulong amount)
        where TVariant : struct, ISwapVariant
    {
        if (amount == 0) return Pools.Quote.Refused(QuoteError.ZeroAmount);
        var limit = LastPrice<TVariant>();
        if (!IsAhead<TVariant>(limit, state.SqrtPrice)) return Pools.Quote.Refused(QuoteError.SqrtPriceOutOfBounds);
        var walk = new RaydiumClmmWalk<TVariant, ISwapTrace.None>(in state, amount, limit);
        if (TVariant.IsExactIn && walk.TryRunShort())
            return walk.Other != 0 ? Pools.Quote.Of(amount, walk.Other) : Pools.Quote.Refused(QuoteError.ZeroResult);
        ISwapTrace.None trace = default;
        var error = walk.Run(ref trace);
        var used = amount - walk.Remaining;
        if (error == QuoteError.None) error = ErrorOf(used, walk.Other, walk.Remaining, isLimited: false);
        if (error == QuoteError.None && walk.TicksCrossed > CrossingsMax) error = QuoteError.TooManyCrossings;
        if (error != QuoteError.None) return new Quote(default, default, error, walk.TicksCrossed);
        return TVariant.IsExactIn
            ? Pools.Quote.Of(used, walk.Other, walk.TicksCrossed)
            : Pools.Quote.Of(walk.Other, used, walk.TicksCrossed);
    }

    /// <summary>Everything about a swap; <paramref name="limit"/> 0 means none.</summary>
    public static RaydiumClmmSwap Swap<TVariant>(ref readonly RaydiumClmmState state, ulong amount, UInt128 limit)
        where TVariant : struct, ISwapVariant
    {
        if (amount == 0) return new RaydiumClmmSwap { Error = QuoteError.ZeroAmount };
        var isLimited = limit != UInt128.Zero;
        if (!isLimited) limit = LastPrice<TVariant>();
        if (IsAhead<TVariant>(limit, LastPrice<TVariant>()) || !IsAhead<TVariant>(limit, state.SqrtPrice))
            return new RaydiumClmmSwap { Error = QuoteError.SqrtPriceOutOfBounds };
        var walk = new RaydiumClmmWalk<TVariant, RaydiumClmmFeeTrace>(in state, amount, limit);
        var trace = new RaydiumClmmFeeTrace(state.ProtocolRate, state.FundRate);
        var error = walk.Run(ref trace);
        var used = amount - walk.Remaining;
        if (error == QuoteError.None) error = ErrorOf(used, walk.Other, walk.Remaining, isLimited);
        if (error != QuoteError.None) return new RaydiumClmmSwap { Error = error, TicksCrossed = walk.TicksCrossed };
        return new RaydiumClmmSwap
        {
            AmountIn = TVariant.IsExactIn ? used : walk.Other,
            AmountOut = TVariant.IsExactIn ? walk.Other : used,
            SqrtPrice = walk.Price,
            Liquidity = walk.Liquidity,
            Tick = walk.IsBetweenTicks ? RaydiumTickMath.TickAt(walk.Price) : walk.Tick,
            ProtocolFee = trace.ProtocolFee,
            FundFee = trace.FundFee,
            LiquidityFee = trace.LiquidityFee,
            FeeGrowth = trace.FeeGrowth,
            TicksCrossed = walk.TicksCrossed,
        };
    }

    /// <summary>The ticks that an exact-in swap without a limit crosses, in walking order.</summary>
    public static List<(int Tick, UInt128 FeeGrowth)> Crossings(
        ref readonly RaydiumClmmState state, SwapDirection direction, ulong amountIn)
    {
        var crossings = new List<(int, UInt128)>();
        var fees = new RaydiumClmmFeeTrace(state.ProtocolRate, state.FundRate);
        var trace = new CrossingTrace<RaydiumClmmFeeTrace>(fees, crossings);
        _ = direction == SwapDirection.AToB
            ? new RaydiumClmmWalk<ISwapVariant.DownIn, CrossingTrace<RaydiumClmmFeeTrace>>(
                in state, amountIn, LastPrice<ISwapVariant.DownIn>()).Run(ref trace)
            : new RaydiumClmmWalk<ISwapVariant.UpIn, CrossingTrace<RaydiumClmmFeeTrace>>(
                in state, amountIn, LastPrice<ISwapVariant.UpIn>()).Run(ref trace);
        return crossings;
    }

    // The limit that the program takes for none: the bounds themselves are never reached.
    private static UInt128 LastPrice<TVariant>()
        where TVariant : struct, ISwapVariant =>
        TVariant.IsDown ? RaydiumTickMath.SqrtPriceMin + 1 : RaydiumTickMath.SqrtPriceMax - 1;

    private static bool IsAhead<TVariant>(UInt128 price, UInt128 of)
        where TVariant : struct, ISwapVariant =>
        TVariant.IsDown ? price < of : price > of;

    // A swap without a limit must use its whole amount, and none may give or take nothing.
    private static QuoteError ErrorOf(ulong used, ulong other, ulong remaining, bool isLimited)
    {
        if (used == 0 || other == 0) return QuoteError.ZeroResult;
        return isLimited || remaining == 0 ? QuoteError.None : QuoteError.PartialFill;
    }
}
