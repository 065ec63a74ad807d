using System.Numerics;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>
/// Square-root prices of ticks as the Raydium CLMM program computes them: sqrt(1.0001)^-|tick| in Q64.64, multiplied up
/// from one constant per bit of the tick with a floor after each, and turned over for positive ticks.
/// </summary>
public static class RaydiumTickMath
{
    /// <summary>Lowest tick with a price.</summary>
    public const int TickMin = -443636;

    /// <summary>Highest tick with a price.</summary>
    public const int TickMax = 443636;

    /// <summary>Price at <see cref="TickMin"/>.</summary>
    public static UInt128 SqrtPriceMin => new(0, 4295048016);

    /// <summary>Price at <see cref="TickMax"/>: 79226673521066979257578248091. A pool's price is below.</summary>
    public static UInt128 SqrtPriceMax => new(0xfffec4b1, 0x845c1aa94e69579b);

    // The program's 1.0001^(-2^i / 2) * 2^64 for i = 0..18, not rounded to the last bits.
    private static readonly ulong[] Factors =
    [
        0xfffcb933bd6fb800, 0xfff97272373d4000, 0xfff2e50f5f657000, 0xffe5caca7e10f000, 0xffcb9843d60f7000,
        0xff973b41fa98e800, 0xff2ea16466c9b000, 0xfe5dee046a9a3800, 0xfcbe86c7900bb000, 0xf987a7253ac65800,
        0xf3392b0822bb6000, 0xe7159475a2caf000, 0xd097f3bdfd2f2000, 0xa9f746462d9f8000, 0x70d869a156f31c00,
        0x31be135f97ed3200, 0x09aa508b5b85a500, 0x005d6af8dedc582c, 0x00002216e584f5fa,
    ];

    /// <summary>
    /// The square-root price, Q64.64, at a tick of <see cref="TickMin"/> to <see cref="TickMax"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The tick has no price.</exception>
    public static UInt128 PriceAt(int tick)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tick, TickMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tick, TickMax);
        if (tick == 0) return UInt128.One << 64;
        var ratio = Ratio((uint)Math.Abs(tick));
        return tick < 0 ? ratio : TurnedOver(ratio);
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

    // floor((2^128 - 1) / ratio), limb by limb.
    private static UInt128 TurnedOver(ulong ratio)
    {
        var high = ulong.MaxValue / ratio;
        return new UInt128(high, WideMath.Divide(ulong.MaxValue - high * ratio, ulong.MaxValue, ratio, out _));
    }

    private static ulong Ratio(uint distance)
    {
        unchecked
        {
            // Below 2^64 from the first factor on: one limb holds the ratio.
            var ratio = Factors[BitOperations.TrailingZeroCount(distance)];
            for (var rest = distance & (distance - 1); rest != 0; rest &= rest - 1)
                ratio = Math.BigMul(ratio, Factors[BitOperations.TrailingZeroCount(rest)], out _);
            return ratio;
        }
    }
}
