namespace Mev.Domain.Pools.ConstantProduct;

/// <summary>
/// The integer quotients of constant-product swaps. A 128-bit product divided by a 64-bit number is one division of the
/// processor, and shares of a constant whole need none.
/// </summary>
internal static class ShareMath
{
    /// <summary>The whole of rates in millionths.</summary>
    public const uint Million = 1_000_000;

    /// <summary>
    /// floor(<paramref name="a"/> * <paramref name="b"/> / <paramref name="divisor"/>), where one factor is at most the
    /// divisor, so that the result fits.
    /// </summary>
    public static ulong Floor(ulong a, ulong b, ulong divisor)
    {
        var high = Math.BigMul(a, b, out var low);
        return unchecked((ulong)(new UInt128(high, low) / divisor)); // fits: see above
    }

    /// <summary>
    /// The quotient and the rest of <paramref name="a"/> * <paramref name="b"/> / <paramref name="divisor"/>; false
    /// when the quotient exceeds u64 or the divisor is zero.
    /// </summary>
    public static bool TryDivide(ulong a, ulong b, ulong divisor, out ulong quotient, out ulong rest)
    {
        var high = Math.BigMul(a, b, out var low);
        (quotient, rest) = (0, 0);
        if (high >= divisor) return false; // includes a zero divisor
        quotient = unchecked((ulong)(new UInt128(high, low) / divisor)); // fits: high is below the divisor
        rest = unchecked(low - quotient * divisor); // the rest is below 2^64, so the low words are enough
        return true;
    }

    /// <summary>The same, rounded up; false when it exceeds u64 or the divisor is zero.</summary>
    public static bool TryCeiling(ulong a, ulong b, ulong divisor, out ulong quotient)
    {
        if (!TryDivide(a, b, divisor, out quotient, out var rest)) return false;
        if (rest == 0) return true;
        if (quotient == ulong.MaxValue) return false;
        quotient++;
        return true;
    }

    /// <summary>
    /// ceil(<paramref name="amount"/> * <paramref name="rate"/> / 1,000,000), exact for every amount: the millions of
    /// the amount are taken apart from its rest. The rate is at most a million.
    /// </summary>
    public static ulong CeilingMillionths(ulong amount, uint rate)
    {
        var (millions, rest) = Math.DivRem(amount, Million);
        return millions * rate + (rest * rate + Million - 1) / Million;
    }

    /// <summary>The same, rounded down.</summary>
    public static ulong FloorMillionths(ulong amount, uint rate)
    {
        var (millions, rest) = Math.DivRem(amount, Million);
        return millions * rate + rest * rate / Million;
    }
}
