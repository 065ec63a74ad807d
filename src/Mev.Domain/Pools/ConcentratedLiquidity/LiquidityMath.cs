using System.Runtime.CompilerServices;

namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>
/// Amounts and prices along a stretch of constant liquidity. Prices are square roots in Q64.64 below 2^96, liquidity is
/// below 2^127. All wraps are meant: limbs are digits of base 2^64.
/// </summary>
public static class LiquidityMath
{
    /// <summary>Liquidity from here on is impossible: both vaults hold less than 2^64 units.</summary>
    public static readonly UInt128 LiquidityEnd = UInt128.One << 127;

    /// <summary>Every legal price of every protocol is below.</summary>
    private static readonly UInt128 PriceEnd = UInt128.One << 96;

    /// <summary>
    /// Units of mint A between two prices: liquidity * (upper - lower) * 2^64 / (lower * upper). False when that is
    /// above u64, which a step reads as "out of reach".
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDeltaA(UInt128 lower, UInt128 upper, UInt128 liquidity, bool roundUp, out ulong amount)
    {
        unchecked
        {
            var high = (ulong)(upper >> 64) | (ulong)(liquidity >> 64);
            var isCountable = high == 0
                ? TryDeltaANarrow((ulong)lower, (ulong)upper, (ulong)liquidity, out amount, out var isExact)
                : TryDeltaAWide(lower, upper, liquidity, out amount, out isExact);
            return isCountable && (!roundUp || isExact || ++amount != 0);
        }
    }

    /// <summary>
    /// Units of mint B between two prices: liquidity * (upper - lower) / 2^64. False when that is above u64.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDeltaB(UInt128 lower, UInt128 upper, UInt128 liquidity, bool roundUp, out ulong amount)
    {
        unchecked
        {
            var gap = upper - lower;
            amount = Math.BigMul((ulong)liquidity, (ulong)gap, out var cut);
            var (gapHigh, liquidityHigh) = ((ulong)(gap >> 64), (ulong)(liquidity >> 64));
            if ((gapHigh | liquidityHigh) != 0)
            {
                if (gapHigh != 0 && liquidityHigh != 0) return false;
                var (x, y) = gapHigh != 0 ? (gapHigh, (ulong)liquidity) : (liquidityHigh, (ulong)gap);
                if (Math.BigMul(x, y, out var cross) != 0) return false;
                amount += cross;
                if (amount < cross) return false;
            }
            return !roundUp || cut == 0 || ++amount != 0;
        }
    }

    /// <summary>
    /// The price after <paramref name="amount"/> units of A went in (price falls) or came out (price rises):
    /// ceil(liquidity * 2^64 * price / (liquidity * 2^64 +- amount * price)). False where the program's own integers
    /// overflow. For A out the caller knows that the pool has more than that amount up to a legal price.
    /// </summary>
    public static bool TryNextPriceFromA(
        UInt128 price, UInt128 liquidity, ulong amount, bool isInput, out UInt128 next)
    {
        unchecked
        {
            var gain = Math.BigMul((ulong)price, amount, out var gain0);
            var gain2 = Math.BigMul((ulong)(price >> 64), amount, out var gain1);
            gain1 += gain;
            gain2 += gain1 < gain ? 1UL : 0UL;
            var (high, low) = ((ulong)(liquidity >> 64), (ulong)liquidity);
            ulong d2, d1;
            if (isInput)
            {
                d1 = low + gain1;
                var carry = d1 < low ? 1UL : 0UL;
                d2 = high + gain2 + carry;
                if (d2 < gain2) return Fail(out next);
            }
            else
            {
                var borrow0 = gain0 != 0 ? 1UL : 0UL;
                var borrow1 = low < gain1 || low - gain1 < borrow0 ? 1UL : 0UL;
                d1 = low - gain1 - borrow0;
                d2 = high - gain2 - borrow1;
                gain0 = 0 - gain0;
                if (high < gain2 || high - gain2 < borrow1 || (d2 | d1 | gain0) == 0) return Fail(out next);
            }
            return TryQuotient(price, liquidity, d2, d1, gain0, out next);
        }
    }

    /// <summary>
    /// The price after <paramref name="amount"/> units of B went in (price rises by the floor of amount * 2^64 /
    /// liquidity) or came out (it falls by the ceiling). Liquidity is not 0. A price above every legal one comes out as
    /// the greatest number. False when the price would fall to 0 or less.
    /// </summary>
    public static bool TryNextPriceFromB(
        UInt128 price, UInt128 liquidity, ulong amount, bool isInput, out UInt128 next)
    {
        unchecked
        {
            UInt128 change;
            bool isExact;
            var low = (ulong)liquidity;
            var high = (ulong)(liquidity >> 64);
            if (high == 0)
            {
                var whole = amount / low;
                change = new UInt128(whole, WideMath.Divide(amount - whole * low, 0, low, out var rest));
                isExact = rest == 0;
            }
            else
            {
                change = WideMath.DivideShifted(0, 0, amount, 0, high, low, out isExact);
            }
            if (isInput)
            {
                next = change > PriceEnd ? UInt128.MaxValue : price + change;
                return true;
            }
            if (!isExact) change += UInt128.One;
            next = price - change;
            return change < price;
        }
    }

    private static bool TryDeltaANarrow(
        ulong lower, ulong upper, ulong liquidity, out ulong amount, out bool isExact)
    {
        unchecked
        {
            var n1 = Math.BigMul(liquidity, upper - lower, out var n0);
            var d1 = Math.BigMul(lower, upper, out var d0);
            (amount, isExact) = (0, false);
            if (n1 > d1 || (n1 == d1 && n0 >= d0)) return false;
            amount = WideMath.DivideShifted(n1, n0, d1, d0, out isExact);
            return true;
        }
    }

    private static bool TryDeltaAWide(
        UInt128 lower, UInt128 upper, UInt128 liquidity, out ulong amount, out bool isExact)
    {
        var n3 = MultiplyWide(liquidity, unchecked(upper - lower), out var n2, out var n1, out var n0);
        MultiplyWide(lower, upper, out var d2, out var d1, out var d0);
        (amount, isExact) = (0, false);
        if (n3 != 0 || !WideMath.IsBelow(n2, n1, n0, d2, d1, d0)) return false;
        amount = WideMath.DivideShifted(n2, n1, n0, d2, d1, d0, out isExact);
        return true;
    }

    // ceil(liquidity * price * 2^64 / D); the program holds that product in 256 bits.
    private static bool TryQuotient(
        UInt128 price, UInt128 liquidity, ulong d2, ulong d1, ulong d0, out UInt128 quotient)
    {
        unchecked
        {
            bool isExact;
            if (((ulong)(price >> 64) | (ulong)(liquidity >> 64) | d2) == 0)
            {
                var narrow1 = Math.BigMul((ulong)price, (ulong)liquidity, out var narrow0);
                if (narrow1 < d1)
                {
                    quotient = WideMath.DivideShifted(narrow1, narrow0, d1, d0, out isExact);
                    if (!isExact) quotient += UInt128.One;
                    return true;
                }
            }
            if (MultiplyWide(liquidity, price, out var n2, out var n1, out var n0) != 0) return Fail(out quotient);
            quotient = WideMath.DivideShiftedWide(n2, n1, n0, d2, d1, d0, out isExact);
            if (!isExact) quotient += UInt128.One;
            return true;
        }
    }

    private static bool Fail(out UInt128 nothing)
    {
        nothing = default;
        return false;
    }

    // x * y in four limbs, the top one returned.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyWide(UInt128 x, UInt128 y, out ulong limb2, out ulong limb1, out ulong limb0)
    {
        unchecked
        {
            var (x1, x0, y1, y0) = ((ulong)(x >> 64), (ulong)x, (ulong)(y >> 64), (ulong)y);
            limb1 = Math.BigMul(x0, y0, out limb0);
            var crossHigh = Math.BigMul(x1, y0, out var cross);
            limb1 += cross;
            crossHigh += limb1 < cross ? 1UL : 0UL;
            var otherHigh = Math.BigMul(x0, y1, out var other);
            limb1 += other;
            otherHigh += limb1 < other ? 1UL : 0UL;
            var top = Math.BigMul(x1, y1, out limb2);
            limb2 += crossHigh;
            top += limb2 < crossHigh ? 1UL : 0UL;
            limb2 += otherHigh;
            return top + (limb2 < otherHigh ? 1UL : 0UL);
        }
    }
}
