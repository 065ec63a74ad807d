using System.Runtime.CompilerServices;
using Mev.Domain.Pools.ConstantProduct;

namespace Mev.Domain.Pools.RaydiumAmmV4;

/// <summary>What a swap of one direction reads, prepared once per pool state.</summary>
/// <param name="ReserveIn">Reserve of the input mint, above 0.</param>
/// <param name="ReserveOut">Reserve of the output mint, above 0.</param>
/// <param name="VaultRoom">Most that the vault of the input mint can still take before it passes u64.</param>
/// <param name="FeeRoom">The same of the accumulated fees in the input mint.</param>
/// <param name="FeeNumerator">Numerator of the swap fee, at most the denominator.</param>
/// <param name="FeeDenominator">Denominator of the swap fee, above 0.</param>
internal readonly record struct RaydiumAmmV4Side(
    ulong ReserveIn, ulong ReserveOut, ulong VaultRoom, ulong FeeRoom, ulong FeeNumerator, ulong FeeDenominator)
{
    /// <summary>The denominator of nearly every pool; dividing by a constant costs next to nothing.</summary>
    private const ulong UsualDenominator = 10_000;

    /// <summary>Largest numerator and denominator with which the fee of a rest fits in 64 bits.</summary>
    private const ulong SmallFeeMax = uint.MaxValue;

    /// <summary>Output and fee (in the input mint) of an input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public QuoteError ExactIn(ulong amountIn, out ulong amountOut, out ulong fee)
    {
        (amountOut, fee) = (0, 0);
        if (amountIn == 0) return QuoteError.ZeroAmount;
        if (amountIn > VaultRoom) return QuoteError.Overflow;
        fee = FeeOf(amountIn);
        if (fee > FeeRoom) return QuoteError.Overflow;
        var swapped = amountIn - fee;
        amountOut = ShareMath.Floor(ReserveOut, swapped, ReserveIn + swapped);
        return amountOut == 0 ? QuoteError.ZeroResult : QuoteError.None;
    }

    /// <summary>Input and fee in it of a wanted output.</summary>
    public QuoteError ExactOut(ulong amountOut, out ulong amountIn, out ulong fee)
    {
        (amountIn, fee) = (0, 0);
        if (amountOut == 0) return QuoteError.ZeroAmount;
        if (amountOut >= ReserveOut) return QuoteError.Overflow;
        if (!TryRound(ReserveIn, amountOut, ReserveOut - amountOut, out var swapped)) return QuoteError.Overflow;
        if (!TryRound(swapped, FeeDenominator, FeeDenominator - FeeNumerator, out amountIn))
            return QuoteError.Overflow;
        if (amountIn == 0) return QuoteError.ZeroResult;
        fee = amountIn - swapped;
        return amountIn > VaultRoom || fee > FeeRoom ? QuoteError.Overflow : QuoteError.None;
    }

    /// <summary>
    /// The program's own rounding of the fee: up, except that a quotient below 1 is rounded to the nearest, so that a
    /// fee of 25/10,000 on fewer than 200 units is nothing.
    /// </summary>
    private ulong FeeOf(ulong amountIn)
    {
        if (FeeDenominator == UsualDenominator)
            return FeeOf(amountIn / UsualDenominator, amountIn % UsualDenominator, UsualDenominator);
        if (FeeDenominator <= SmallFeeMax)
            return FeeOf(amountIn / FeeDenominator, amountIn % FeeDenominator, FeeDenominator);
        ShareMath.TryDivide(amountIn, FeeNumerator, FeeDenominator, out var quotient, out var rest);
        return Round(quotient, rest, FeeDenominator);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong FeeOf(ulong wholes, ulong part, ulong denominator)
    {
        var (quotient, rest) = Math.DivRem(part * FeeNumerator, denominator);
        return Round(wholes * FeeNumerator + quotient, rest, denominator);
    }

    private static bool TryRound(ulong a, ulong b, ulong divisor, out ulong result)
    {
        if (!ShareMath.TryDivide(a, b, divisor, out result, out var rest)) return false;
        if (result == ulong.MaxValue && rest != 0) return false;
        result = Round(result, rest, divisor);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Round(ulong quotient, ulong rest, ulong divisor) =>
        quotient == 0 ? rest >= divisor - rest ? 1u : 0u : rest == 0 ? quotient : quotient + 1;
}
