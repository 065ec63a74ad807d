using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>
/// Exact quotients of wide integers, held as 64-bit limbs, that end in one or two limbs. All wrap on purpose: limbs are
/// digits of base 2^64. The results are the same on every machine; only the speed differs.
/// </summary>
public static class WideMath
{
    /// <summary>
    /// floor((<paramref name="high"/> * 2^64 + <paramref name="low"/>) / <paramref name="divisor"/>) and the rest.
    /// <paramref name="high"/> must be below <paramref name="divisor"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Divide(ulong high, ulong low, ulong divisor, out ulong rest)
    {
#pragma warning disable SYSLIB5004 // The instruction is as old as x64; only its .NET name is in preview.
        if (!X86Base.X64.IsSupported) return DividePortable(high, low, divisor, out rest);
        (var quotient, rest) = X86Base.X64.DivRem(low, high, divisor);
#pragma warning restore SYSLIB5004
        return quotient;
    }

    /// <summary>
    /// The same as <see cref="Divide"/> without the processor's own 128-bit division (two 32-bit digits).
    /// </summary>
    public static ulong DividePortable(ulong high, ulong low, ulong divisor, out ulong rest)
    {
        unchecked
        {
            var shift = BitOperations.LeadingZeroCount(divisor);
            divisor <<= shift;
            if (shift > 0) high = (high << shift) | (low >> (64 - shift));
            low <<= shift;
            var first = HalfDigit(high, low >> 32, divisor, out var middle);
            var second = HalfDigit(middle, low & uint.MaxValue, divisor, out var last);
            rest = last >> shift;
            return (first << 32) | second;
        }
    }

    /// <summary>
    /// floor(N * 2^64 / D) for two-limb N below D with d1 not 0; <paramref name="isExact"/> tells that nothing was cut
    /// off.
    /// </summary>
    public static ulong DivideShifted(ulong n1, ulong n0, ulong d1, ulong d0, out bool isExact)
    {
        unchecked
        {
            var shift = BitOperations.LeadingZeroCount(d1);
            d1 = ShiftIn(d1, d0, shift);
            d0 <<= shift;
            n1 = ShiftIn(n1, n0, shift);
            n0 <<= shift;
            if (n1 >= d1) return DivideShifted(n1, n0, 0, d1, d0, 0, out isExact);
            var quotient = Divide(n1, n0, d1, out var rest1);
            var product1 = Math.BigMul(quotient, d0, out var rest0);
            var borrow = rest0 != 0 ? 1UL : 0UL;
            rest0 = 0 - rest0;
            var isNegative = rest1 < product1 || rest1 - product1 < borrow;
            rest1 -= product1 + borrow;
            while (isNegative)
            {
                quotient--;
                rest0 += d0;
                var carry = rest0 < d0 ? 1UL : 0UL;
                var sum = rest1 + d1;
                rest1 = sum + carry;
                isNegative = sum >= d1 && rest1 >= carry;
            }
            isExact = (rest1 | rest0) == 0;
            return quotient;
        }
    }

    /// <summary>
    /// floor(N * 2^64 / D) for three-limb N below D; <paramref name="isExact"/> tells that nothing was cut off.
    /// </summary>
    public static ulong DivideShifted(
        ulong n2, ulong n1, ulong n0, ulong d2, ulong d1, ulong d0, out bool isExact)
    {
        unchecked
        {
            while (d2 == 0)
            {
                (d2, d1, d0) = (d1, d0, 0);
                (n2, n1, n0) = (n1, n0, 0);
            }
            var shift = BitOperations.LeadingZeroCount(d2);
            (d2, d1, d0) = (ShiftIn(d2, d1, shift), ShiftIn(d1, d0, shift), d0 << shift);
            (n2, n1, n0) = (ShiftIn(n2, n1, shift), ShiftIn(n1, n0, shift), n0 << shift);
            var quotient = Digit(n2, ref n1, ref n0, 0, d2, d1, d0, out var rest);
            isExact = (n1 | n0 | rest) == 0;
            return quotient;
        }
    }

    /// <summary>
    /// floor(N * 2^64 / D) of at most 128 bits, for three-limb N and D; <paramref name="isExact"/> tells that nothing
    /// was cut off. The caller knows that the quotient fits.
    /// </summary>
    public static UInt128 DivideShiftedWide(
        ulong n2, ulong n1, ulong n0, ulong d2, ulong d1, ulong d0, out bool isExact)
    {
        unchecked
        {
            ulong n3 = 0;
            while (d2 == 0)
            {
                (d2, d1, d0) = (d1, d0, 0);
                (n3, n2, n1, n0) = (n2, n1, n0, 0);
            }
            var shift = BitOperations.LeadingZeroCount(d2);
            (d2, d1, d0) = (ShiftIn(d2, d1, shift), ShiftIn(d1, d0, shift), d0 << shift);
            (n3, n2) = (ShiftIn(n3, n2, shift), ShiftIn(n2, n1, shift));
            (n1, n0) = (ShiftIn(n1, n0, shift), n0 << shift);
            ulong high = 0;
            if (n3 != 0 || !IsBelow(n2, n1, n0, d2, d1, d0))
                high = Digit(n3, ref n2, ref n1, n0, d2, d1, d0, out n0);
            var low = Digit(n2, ref n1, ref n0, 0, d2, d1, d0, out var rest);
            isExact = (n1 | n0 | rest) == 0;
            return new UInt128(high, low);
        }
    }

    /// <summary>Whether three-limb N is below three-limb D.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBelow(ulong n2, ulong n1, ulong n0, ulong d2, ulong d1, ulong d0) =>
        n2 != d2 ? n2 < d2 : n1 != d1 ? n1 < d1 : n0 < d0;

    /// <summary>
    /// One step of long division (Knuth, The Art of Computer Programming, 4.3.1 D): [n3 n2 n1 n0] / [d2 d1 d0] with the
    /// top bit of d2 set and [n3 n2 n1] below D. The rest comes back in n2, n1 and <paramref name="rest"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Digit(
        ulong n3, ref ulong n2, ref ulong n1, ulong n0, ulong d2, ulong d1, ulong d0, out ulong rest)
    {
        unchecked
        {
            ulong quotient, r2, over = 0;
            if (n3 < d2)
            {
                quotient = Divide(n3, n2, d2, out r2);
            }
            else
            {
                quotient = ulong.MaxValue;
                r2 = n2 + d2;
                over = r2 < n2 ? 1UL : 0UL;
            }
            var low = Math.BigMul(quotient, d0, out var product0);
            var product2 = Math.BigMul(quotient, d1, out var product1);
            product1 += low;
            product2 += product1 < low ? 1UL : 0UL;
            var borrow0 = n0 < product0 ? 1UL : 0UL;
            var borrow1 = n1 < product1 || n1 - product1 < borrow0 ? 1UL : 0UL;
            var borrow2 = r2 < product2 || r2 - product2 < borrow1 ? 1UL : 0UL;
            var r0 = n0 - product0;
            var r1 = n1 - product1 - borrow0;
            r2 -= product2 + borrow1;
            var sign = over - borrow2;
            while (sign != 0)
            {
                // The estimate from the two top limbs is at most 2 too large.
                quotient--;
                r0 += d0;
                var carry0 = r0 < d0 ? 1UL : 0UL;
                var sum1 = r1 + d1;
                r1 = sum1 + carry0;
                var carry1 = sum1 < d1 || r1 < carry0 ? 1UL : 0UL;
                var sum2 = r2 + d2;
                r2 = sum2 + carry1;
                if (sum2 < d2 || r2 < carry1) sign++;
            }
            (n2, n1, rest) = (r2, r1, r0);
            return quotient;
        }
    }

    // The upper limb of (high, low) << shift, for 0 to 63; in two parts because a shift by 64 would be one by 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ShiftIn(ulong high, ulong low, int shift) =>
        unchecked((high << shift) | (low >> 1 >> (63 - shift)));

    private static ulong HalfDigit(ulong high, ulong low32, ulong divisor, out ulong rest)
    {
        unchecked
        {
            var top = divisor >> 32;
            var bottom = divisor & uint.MaxValue;
            var digit = high / top;
            var over = high - digit * top;
            while (digit > uint.MaxValue || digit * bottom > ((over << 32) | low32))
            {
                digit--;
                over += top;
                if (over > uint.MaxValue) break;
            }
            rest = (high << 32) + low32 - digit * divisor;
            return digit;
        }
    }
}
