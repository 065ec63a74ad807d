using System.Numerics;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// Square-root prices of ticks as the Whirlpool program computes them: sqrt(1.0001)^tick in Q64.64, multiplied up from
/// one constant per bit of the tick, with a floor after each.
/// </summary>
public static class TickMath
{
    /// <summary>Lowest tick with a price.</summary>
    public const int TickMin = -443636;

    /// <summary>Highest tick with a price.</summary>
    public const int TickMax = 443636;

    /// <summary>Price at <see cref="TickMin"/>.</summary>
    public static UInt128 SqrtPriceMin => new(0, 4295048016);

    /// <summary>Price at <see cref="TickMax"/>: 79226673515401279992447579055.</summary>
    public static UInt128 SqrtPriceMax => new(0xfffec4b1, 0x35bb7f32a81b33af);

    // floor(1.0001^(2^i / 2) * 2^96) for i = 0..18, high and low limb in turn.
    private static readonly ulong[] PositiveFactors =
    [
        0x1000346d6, 0xff11672ae55ad00f, 0x100068db8, 0xbac710cb295e9e1b, 0x1000d1b9c, 0x68abe5f76b30fb75,
        0x1001a37e4, 0xa234cb0830516e51, 0x100347278, 0xab0e92ada25ab460, 0x10068efb0, 0x0a525480a5d7fdc2,
        0x100d20a63, 0xb4173839df9daaa5, 0x101a4c11c, 0x742dd7729738df5e, 0x1034c35c3, 0x1f64cfa6dc0d6de4,
        0x106a34b78, 0xc8aaffbf81bed5a3, 0x10d72a6a4, 0x6ccd8bce9ae771b1, 0x11b9a258e, 0x63928596dc757faa,
        0x13a2e2bda, 0x04f8379f3cd17be5, 0x181954be6, 0x9e0da8fe77f2ab42, 0x244c2655d, 0x185a029080252877,
        0x525816eeb, 0x9f935b1c616779e8, 0x1a7c8d00b5, 0x51684ff4d31ae065, 0x2bd893d0b2d, 0xf7c97884590c66cd,
        0x78278e1e19e44, 0x8cf8b95d2152dccf,
    ];

    // floor(1.0001^(-2^i / 2) * 2^64) for i = 0..18.
    private static readonly ulong[] NegativeFactors =
    [
        0xfffcb933bd6fad37, 0xfff97272373d4132, 0xfff2e50f5f656932, 0xffe5caca7e10e4e6, 0xffcb9843d60f6159,
        0xff973b41fa98c081, 0xff2ea16466c96a38, 0xfe5dee046a99a2a8, 0xfcbe86c7900a88ae, 0xf987a7253ac41317,
        0xf3392b0822b70005, 0xe7159475a2c29b74, 0xd097f3bdfd2022b8, 0xa9f746462d870fdf, 0x70d869a156d2a1b8,
        0x31be135f97d08fd9, 0x09aa508b5b7a84e1, 0x005d6af8dedb8119, 0x00002216e584f5fa,
    ];

    /// <summary>
    /// The square-root price, Q64.64, at a tick of <see cref="TickMin"/> to <see cref="TickMax"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The tick has no price.</exception>
    public static UInt128 PriceAt(int tick)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tick, TickMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tick, TickMax);
        return tick >= 0 ? PriceAbove((uint)tick) : PriceBelow((uint)-tick);
    }

    /// <summary>
    /// The greatest tick whose price is not above <paramref name="sqrtPrice"/>, which lies within
    /// <see cref="SqrtPriceMin"/> and <see cref="SqrtPriceMax"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A price outside the bounds.</exception>
    public static int TickAt(UInt128 sqrtPrice)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sqrtPrice, SqrtPriceMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sqrtPrice, SqrtPriceMax);
        var tick = Math.Clamp(TickEstimate.Of(sqrtPrice), TickMin, TickMax);
        while (tick < TickMax && PriceAt(tick + 1) <= sqrtPrice) tick++;
        while (PriceAt(tick) > sqrtPrice) tick--;
        return tick;
    }

    private static UInt128 PriceAbove(uint tick)
    {
        unchecked
        {
            var ratio = (tick & 1) != 0 ? Factor(0) : UInt128.One << 96;
            for (var rest = tick >> 1 << 1; rest != 0; rest &= rest - 1)
                ratio = MultiplyShift96(ratio, Factor(BitOperations.TrailingZeroCount(rest)));
            return ratio >> 32;
        }
    }

    private static UInt128 Factor(int bit) => new(PositiveFactors[2 * bit], PositiveFactors[2 * bit + 1]);

    private static UInt128 PriceBelow(uint tick)
    {
        unchecked
        {
            // Below 2^64 from the first factor on: one limb holds the ratio.
            var first = BitOperations.TrailingZeroCount(tick);
            var ratio = NegativeFactors[first];
            for (var rest = tick & (tick - 1); rest != 0; rest &= rest - 1)
                ratio = Math.BigMul(ratio, NegativeFactors[BitOperations.TrailingZeroCount(rest)], out _);
            return ratio;
        }
    }

    // floor(x * y / 2^96); the ratio stays below 2^128 for every legal tick.
    private static UInt128 MultiplyShift96(UInt128 x, UInt128 y)
    {
        unchecked
        {
            var (x1, x0, y1, y0) = ((ulong)(x >> 64), (ulong)x, (ulong)(y >> 64), (ulong)y);
            var low = Math.BigMul(x0, y0) >> 64;
            var cross1 = Math.BigMul(x1, y0);
            var cross2 = Math.BigMul(x0, y1);
            var middle = low + (ulong)cross1 + (ulong)cross2;
            var high = Math.BigMul(x1, y1) + (cross1 >> 64) + (cross2 >> 64) + (middle >> 64);
            return (high << 32) | ((ulong)middle >> 32);
        }
    }
}
