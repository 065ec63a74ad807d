using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mev.Domain.Pools;

/// <summary>
/// An unsigned 256-bit integer for the products of pool mathematics. Sums, differences and products wrap: whoever adds
/// or multiplies knows that the result fits.
/// </summary>
internal readonly record struct UInt256(UInt128 High, UInt128 Low) : IComparable<UInt256>
{
    private const int Limbs = 4;

    public static implicit operator UInt256(UInt128 value) => new(0, value);

    public static implicit operator UInt256(ulong value) => new(0, value);

    public static UInt256 operator +(UInt256 a, UInt256 b) => unchecked(Add(a, b));

    public static UInt256 operator -(UInt256 a, UInt256 b) =>
        unchecked(new UInt256(a.High - b.High - (a.Low < b.Low ? UInt128.One : 0), a.Low - b.Low));

    public static UInt256 operator *(UInt256 a, UInt128 b) =>
        unchecked(Multiply(a.Low, b) + new UInt256(a.High * b, 0));

    /// <summary>Rounded down.</summary>
    public static UInt256 operator /(UInt256 a, UInt256 b) => Divide(a, b, out _);

    public static bool operator >(UInt256 a, UInt256 b) => a.CompareTo(b) > 0;

    public static bool operator <(UInt256 a, UInt256 b) => a.CompareTo(b) < 0;

    public static bool operator >=(UInt256 a, UInt256 b) => a.CompareTo(b) >= 0;

    public static bool operator <=(UInt256 a, UInt256 b) => a.CompareTo(b) <= 0;

    /// <summary>The whole product.</summary>
    public static UInt256 Multiply(UInt128 a, UInt128 b)
    {
        unchecked
        {
            var low = Product((ulong)a, (ulong)b);
            var one = Product((ulong)(a >> 64), (ulong)b);
            var other = Product((ulong)a, (ulong)(b >> 64));
            var middle = one + (low >> 64) + (ulong)other;
            var high = Product((ulong)(a >> 64), (ulong)(b >> 64)) + (other >> 64) + (middle >> 64);
            return new UInt256(high, (middle << 64) | (ulong)low);
        }
    }

    /// <summary>The quotient rounded up.</summary>
    public static UInt256 DivideUp(UInt256 a, UInt256 b)
    {
        var quotient = Divide(a, b, out var rest);
        return rest == default ? quotient : quotient + (UInt256)1UL;
    }

    /// <summary>The quotient rounded down and the rest. The divisor is not 0.</summary>
    public static UInt256 Divide(UInt256 a, UInt256 b, out UInt256 rest)
    {
        if (a < b)
        {
            rest = a;
            return default;
        }
        if (a.High == 0)
        {
            var quotient = a.Low / b.Low;
            rest = unchecked(a.Low - quotient * b.Low);
            return quotient;
        }
        return DivideLong(a, b, out rest);
    }

    /// <inheritdoc/>
    public int CompareTo(UInt256 other) => High == other.High ? Low.CompareTo(other.Low) : High.CompareTo(other.High);

    /// <summary>Long division in digits of base 2^64 (Knuth, The Art of Computer Programming, 4.3.1 D).</summary>
    private static UInt256 DivideLong(UInt256 a, UInt256 b, out UInt256 rest)
    {
        var shift = LeadingZeros(b) % 64;
        Span<ulong> divisor = stackalloc ulong[Limbs];
        Span<ulong> dividend = stackalloc ulong[Limbs + 1];
        Write(b.ShiftedLeft(shift), divisor);
        Write(a.ShiftedLeft(shift), dividend);
        dividend[Limbs] = shift == 0 ? 0 : unchecked((ulong)(a.High >> (128 - shift)));
        var size = Limbs;
        while (divisor[size - 1] == 0) size--;
        Span<ulong> quotient = stackalloc ulong[Limbs];
        for (var place = Limbs - size; place >= 0; place--)
            quotient[place] = Digit(dividend.Slice(place, size + 1), divisor[..size]);
        rest = Read(dividend).ShiftedRight(shift);
        return Read(quotient);
    }

    /// <summary>One digit of the quotient; what is left stays in <paramref name="dividend"/>.</summary>
    private static ulong Digit(Span<ulong> dividend, ReadOnlySpan<ulong> divisor)
    {
        unchecked
        {
            var (size, top) = (divisor.Length, divisor[^1]);
            // From the two top digits alone it is at most 2 too large.
            var digit = dividend[size] >= top
                ? ulong.MaxValue
                : (ulong)(new UInt128(dividend[size], dividend[size - 1]) / top);
            ulong carry = 0, borrow = 0;
            for (var i = 0; i < size; i++)
            {
                var product = Product(digit, divisor[i]) + carry;
                carry = (ulong)(product >> 64);
                borrow = Subtract(ref dividend[i], (ulong)product, borrow);
            }
            for (borrow = Subtract(ref dividend[size], carry, borrow); borrow != 0; digit--)
            {
                carry = 0;
                for (var i = 0; i < size; i++)
                {
                    var sum = (UInt128)dividend[i] + divisor[i] + carry;
                    (dividend[i], carry) = ((ulong)sum, (ulong)(sum >> 64));
                }
                var before = dividend[size];
                dividend[size] = before + carry;
                if (dividend[size] < before) borrow = 0;
            }
            return digit;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Subtract(ref ulong from, ulong value, ulong borrow)
    {
        var before = from;
        from = unchecked(before - value - borrow);
        return before < value || before - value < borrow ? 1UL : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UInt256 Add(UInt256 a, UInt256 b)
    {
        var low = unchecked(a.Low + b.Low);
        return new UInt256(unchecked(a.High + b.High + (low < b.Low ? UInt128.One : 0)), low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UInt128 Product(ulong a, ulong b) => new(Math.BigMul(a, b, out var low), low);

    private static int LeadingZeros(UInt256 value)
    {
        var half = value.High == 0 ? value.Low : value.High;
        var top = unchecked((ulong)(half >> 64));
        return top != 0 ? BitOperations.LeadingZeroCount(top) : BitOperations.LeadingZeroCount(unchecked((ulong)half));
    }

    // A shift by less than 64 bits; in two parts because a shift by 128 would be one by 0.
    private UInt256 ShiftedLeft(int shift) => new((High << shift) | (Low >> 1 >> (127 - shift)), Low << shift);

    private UInt256 ShiftedRight(int shift) => new(High >> shift, (Low >> shift) | (High << 1 << (127 - shift)));

    private static void Write(UInt256 value, Span<ulong> limbs)
    {
        unchecked
        {
            (limbs[0], limbs[1]) = ((ulong)value.Low, (ulong)(value.Low >> 64));
            (limbs[2], limbs[3]) = ((ulong)value.High, (ulong)(value.High >> 64));
        }
    }

    private static UInt256 Read(ReadOnlySpan<ulong> limbs) =>
        new(new UInt128(limbs[3], limbs[2]), new UInt128(limbs[1], limbs[0]));
}
