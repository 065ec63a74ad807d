namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>Where to look for the tick of a price, the same for every program's table of prices.</summary>
internal static class TickEstimate
{
    /// <summary>
    /// The logarithm of a square-root price, Q64.64 and not 0, to the base sqrt(1.0001), wrong by 1 at most: log2 with
    /// 20 fractional bits by repeated squaring, times 2 / log2(1.0001).
    /// </summary>
    public static int Of(UInt128 sqrtPrice)
    {
        const int FractionBits = 20;
        const long TicksPerOctave = 14537076765; // 2^20 * 2 ln 2 / ln 1.0001
        unchecked
        {
            var top = 127 - (int)UInt128.LeadingZeroCount(sqrtPrice);
            var mantissa = (ulong)(top >= 63 ? sqrtPrice >> (top - 63) : sqrtPrice << (63 - top));
            long logarithm = top - 64;
            for (var i = 0; i < FractionBits; i++)
            {
                var high = Math.BigMul(mantissa, mantissa, out var low);
                var bit = high >> 63;
                mantissa = bit != 0 ? high : (high << 1) | (low >> 63);
                logarithm = (logarithm << 1) | (long)bit;
            }
            return (int)(logarithm * TicksPerOctave >> (2 * FractionBits));
        }
    }
}
