using System.Buffers.Binary;

namespace Mev.Domain.Chain;

/// <summary>
/// An integer modulo p = 2^255 - 19 in four 64-bit limbs, least first, kept below 2^256 and reduced only to compare.
/// All arithmetic wraps on purpose: limbs are digits of base 2^64, and 2^256 = 38 modulo p. Not in constant time: no
/// secret passes here.
/// </summary>
internal readonly struct FieldElement(ulong limb0, ulong limb1, ulong limb2, ulong limb3)
{
    private const ulong Fold = 38; // 2^256 modulo p

    private readonly ulong _limb0 = limb0;
    private readonly ulong _limb1 = limb1;
    private readonly ulong _limb2 = limb2;
    private readonly ulong _limb3 = limb3;

    public static FieldElement One => new(1, 0, 0, 0);

    /// <summary>The low 255 bits, little-endian.</summary>
    public static FieldElement Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) & (ulong.MaxValue >> 1));

    public static FieldElement operator +(FieldElement left, FieldElement right)
    {
        unchecked
        {
            UInt128 sum = (UInt128)left._limb0 + right._limb0;
            var limb0 = (ulong)sum;
            sum = (sum >> 64) + left._limb1 + right._limb1;
            var limb1 = (ulong)sum;
            sum = (sum >> 64) + left._limb2 + right._limb2;
            var limb2 = (ulong)sum;
            sum = (sum >> 64) + left._limb3 + right._limb3;
            return Folded(limb0, limb1, limb2, (ulong)sum, (ulong)(sum >> 64));
        }
    }

    /// <summary>left + (4 p - right): 4 p = 2^257 - 76 is above every right; its fifth limb is folded in.</summary>
    public static FieldElement operator -(FieldElement left, FieldElement right)
    {
        unchecked
        {
            const ulong Low = 0UL - 76; // limbs of 4 p: Low, then three full ones, then 1
            UInt128 rest = (UInt128)Low - right._limb0 + left._limb0;
            var limb0 = (ulong)rest;
            rest = Carry(rest) + ulong.MaxValue - right._limb1 + left._limb1;
            var limb1 = (ulong)rest;
            rest = Carry(rest) + ulong.MaxValue - right._limb2 + left._limb2;
            var limb2 = (ulong)rest;
            rest = Carry(rest) + ulong.MaxValue - right._limb3 + left._limb3;
            return Folded(limb0, limb1, limb2, (ulong)rest, (ulong)(Carry(rest) + 1));
        }
    }

    public static FieldElement operator *(FieldElement left, FieldElement right)
    {
        unchecked
        {
            Span<ulong> a = [left._limb0, left._limb1, left._limb2, left._limb3];
            Span<ulong> b = [right._limb0, right._limb1, right._limb2, right._limb3];
            Span<ulong> product = stackalloc ulong[8];
            product.Clear();
            for (var i = 0; i < 4; i++)
            {
                UInt128 carry = 0;
                for (var j = 0; j < 4; j++)
                {
                    carry += (UInt128)a[i] * b[j] + product[i + j];
                    product[i + j] = (ulong)carry;
                    carry >>= 64;
                }
                product[i + 4] = (ulong)carry;
            }
            UInt128 sum = (UInt128)product[4] * Fold + product[0];
            var limb0 = (ulong)sum;
            sum = (sum >> 64) + (UInt128)product[5] * Fold + product[1];
            var limb1 = (ulong)sum;
            sum = (sum >> 64) + (UInt128)product[6] * Fold + product[2];
            var limb2 = (ulong)sum;
            sum = (sum >> 64) + (UInt128)product[7] * Fold + product[3];
            return Folded(limb0, limb1, limb2, (ulong)sum, (ulong)(sum >> 64));
        }
    }

    public FieldElement Square() => this * this;

    /// <summary>
    /// Euler's criterion: 0, or its power of (p - 1) / 2 = 2^254 - 10 is 1. The power by the usual chain: 2^n - 1 for
    /// n = 2, 4, 5, 10, 20, 40, 50, 100, 200, 250, then four squares and a sixth power.
    /// </summary>
    public bool IsSquare()
    {
        var two = Squares(1) * this;
        var five = two.Squares(2) * two;
        five = five.Squares(1) * this;
        var ten = five.Squares(5) * five;
        var twenty = ten.Squares(10) * ten;
        var forty = twenty.Squares(20) * twenty;
        var fifty = forty.Squares(10) * ten;
        var hundred = fifty.Squares(50) * fifty;
        var most = hundred.Squares(100) * hundred;
        most = most.Squares(50) * fifty;
        var sixth = two.Square();
        var power = most.Squares(4) * sixth;
        return power.Is(0) || power.Is(1);
    }

    private FieldElement Squares(int count)
    {
        var power = this;
        for (var i = 0; i < count; i++) power = power.Square();
        return power;
    }

    /// <summary>Equal modulo p to a number below 19. Below 2^256 lie the number, p more and 2 p more.</summary>
    private bool Is(ulong value)
    {
        if ((_limb1 | _limb2 | _limb3) == 0) return _limb0 == value;
        if ((_limb1 & _limb2) != ulong.MaxValue) return false;
        return unchecked((_limb3 == ulong.MaxValue >> 1 && _limb0 == value - 19)
            || (_limb3 == ulong.MaxValue && _limb0 == value - 38));
    }

    /// <summary>What the limb before leaves for the next one: 0 or 1, or -1 where it went below 0.</summary>
    private static UInt128 Carry(UInt128 value) => unchecked((UInt128)((Int128)value >> 64));

    private static FieldElement Folded(ulong limb0, ulong limb1, ulong limb2, ulong limb3, ulong over)
    {
        unchecked
        {
            while (over != 0)
            {
                UInt128 sum = (UInt128)over * Fold + limb0;
                limb0 = (ulong)sum;
                sum = (sum >> 64) + limb1;
                limb1 = (ulong)sum;
                sum = (sum >> 64) + limb2;
                limb2 = (ulong)sum;
                sum = (sum >> 64) + limb3;
                limb3 = (ulong)sum;
                over = (ulong)(sum >> 64);
            }
            return new FieldElement(limb0, limb1, limb2, limb3);
        }
    }
}
