using System.Runtime.CompilerServices;

namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>
/// The running values of a swap and the program's step: toward a target price at constant liquidity, as far as the
/// remaining amount goes.
/// </summary>
internal struct SwapStep<TVariant, TTrace>(UInt128 price, UInt128 liquidity, ulong remaining, ulong feeRate)
    where TVariant : struct, ISwapVariant
    where TTrace : struct, ISwapTrace
{
    /// <summary>The price reached.</summary>
    public UInt128 Price = price;

    /// <summary>Liquidity in range there.</summary>
    public UInt128 Liquidity = liquidity;

    /// <summary>What is left of the specified amount.</summary>
    public ulong Remaining = remaining;

    /// <summary>Total of the other side: output when exact in; input, fee included, when exact out.</summary>
    public ulong Other;

    private static bool IsSpecifiedA => TVariant.IsDown == TVariant.IsExactIn;

    /// <summary>Takes one step; false where the program's integers overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(UInt128 target, ref TTrace trace) =>
        TVariant.IsExactIn ? TryTakeIn(target, ref trace) : TryTakeOut(target, ref trace);

    /// <summary>
    /// Takes a whole exact-in swap that ends before the target, as most do; false, and nothing done, for any other. The
    /// next price answers at once whether the target is reached: it lies on or beyond it exactly when the net amount
    /// suffices. That saves counting the amount up to the target.
    /// </summary>
    public bool TryTakeShort(UInt128 target)
    {
        var net = SwapFees.Net(Remaining, feeRate);
        if (!TryNextPrice(net, out var next) || !IsBefore(next, target) || !TryOther(next, out Other)) return false;
        Remaining = 0;
        Price = next;
        return true;
    }

    /// <summary>Crosses a tick with this net liquidity; false when the liquidity leaves its bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCross(Int128 net)
    {
        unchecked
        {
            // Below 2^127 before and a change of at most 2^127: the sign says both kinds of overflow.
            Liquidity = TVariant.IsDown ? Liquidity - (UInt128)net : Liquidity + (UInt128)net;
            return Liquidity >> 127 == UInt128.Zero;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTakeIn(UInt128 target, ref TTrace trace)
    {
        unchecked
        {
            var net = SwapFees.Net(Remaining, feeRate);
            var isReached = TrySpecified(target, out var amountIn) && amountIn <= net;
            if (!isReached) return TryTakeRest(net, ref trace);
            if (!TryAddOutput(target)) return false;
            var fee = SwapFees.OnTop(amountIn, feeRate);
            if (TTrace.WantsFees) trace.OnFee(fee, Liquidity);
            Remaining -= amountIn + fee;
            Price = target;
            return true;
        }
    }

    private bool TryTakeRest(ulong net, ref TTrace trace)
    {
        if (!TryNextPrice(net, out var next) || !TryAddOutput(next)) return false;
        if (TTrace.WantsFees)
        {
            // The whole rest goes: what the price did not need is fee.
            if (!TrySpecified(next, out var amountIn)) return false;
            trace.OnFee(Remaining - amountIn, Liquidity);
        }
        Remaining = 0;
        Price = next;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryAddOutput(UInt128 next)
    {
        if (!TryOther(next, out var amountOut)) return false;
        unchecked
        {
            Other += amountOut;
        }
        return Other >= amountOut;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTakeOut(UInt128 target, ref TTrace trace)
    {
        unchecked
        {
            var next = target;
            var isCountable = TrySpecified(target, out var amountOut);
            if (!isCountable || amountOut > Remaining)
            {
                if (!TryNextPrice(Remaining, out next)) return false;
                // The rounded price may land on the target; the program then keeps the amount that it counted up to it.
                if (next != target ? !TrySpecified(next, out amountOut) : !isCountable) return false;
            }
            if (!TryOther(next, out var amountIn)) return false;
            var fee = SwapFees.OnTop(amountIn, feeRate);
            var taken = amountIn + fee;
            Other += taken;
            if (taken < fee || Other < taken) return false;
            if (TTrace.WantsFees) trace.OnFee(fee, Liquidity);
            Remaining -= Math.Min(amountOut, Remaining);
            Price = next;
            return true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBefore(UInt128 next, UInt128 target) => TVariant.IsDown ? next > target : next < target;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TryNextPrice(ulong amount, out UInt128 next)
    {
        next = default;
        if (Liquidity == UInt128.Zero) return false;
        return IsSpecifiedA
            ? LiquidityMath.TryNextPriceFromA(Price, Liquidity, amount, TVariant.IsExactIn, out next)
            : LiquidityMath.TryNextPriceFromB(Price, Liquidity, amount, TVariant.IsExactIn, out next);
    }

    // The specified side between the price and another one: input rounded up, output down.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TrySpecified(UInt128 to, out ulong amount)
    {
        var (lower, upper) = TVariant.IsDown ? (to, Price) : (Price, to);
        return IsSpecifiedA
            ? LiquidityMath.TryDeltaA(lower, upper, Liquidity, TVariant.IsExactIn, out amount)
            : LiquidityMath.TryDeltaB(lower, upper, Liquidity, TVariant.IsExactIn, out amount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TryOther(UInt128 to, out ulong amount)
    {
        var (lower, upper) = TVariant.IsDown ? (to, Price) : (Price, to);
        return IsSpecifiedA
            ? LiquidityMath.TryDeltaB(lower, upper, Liquidity, !TVariant.IsExactIn, out amount)
            : LiquidityMath.TryDeltaA(lower, upper, Liquidity, !TVariant.IsExactIn, out amount);
    }
}
