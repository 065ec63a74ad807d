using Mev.Domain.Pools.ConstantProduct;

namespace Mev.Domain.Pools.OrcaTokenSwap;

/// <summary>What a swap of one direction reads, prepared once per pool state.</summary>
/// <param name="ReserveIn">Reserve of the input mint, above 0: the whole vault.</param>
/// <param name="ReserveOut">Reserve of the output mint, above 0.</param>
/// <param name="Fees">The fees, on the input.</param>
/// <param name="IsStable">The curve is stable, with <paramref name="Invariant"/>; else of constant product.</param>
/// <param name="Invariant">Of a stable curve.</param>
internal readonly record struct OrcaTokenSwapSide(
    ulong ReserveIn, ulong ReserveOut, OrcaTokenSwapFees Fees, bool IsStable, StableInvariant Invariant)
{
    /// <summary>What is taken of an input, which may be less than all of it, and given for it.</summary>
    public QuoteError ExactIn(ulong amountIn, out ulong taken, out ulong amountOut)
    {
        (taken, amountOut) = (0, 0);
        if (!Fees.TryTake(amountIn, out var fee)) return QuoteError.ZeroResult;
        // The program's vault could not hold it; nor can anyone own so much.
        if (amountIn > ulong.MaxValue - ReserveIn) return QuoteError.Overflow;
        var error = IsStable
            ? SwapStable(amountIn - fee, out var swapped, out amountOut)
            : SwapProduct(amountIn - fee, out swapped, out amountOut);
        if (error == QuoteError.None) taken = swapped + fee;
        return error;
    }

    /// <summary>Without an input the program gives nothing and succeeds.</summary>
    private QuoteError SwapStable(ulong amountIn, out ulong swapped, out ulong amountOut)
    {
        (swapped, amountOut) = (amountIn, 0);
        if (amountIn == 0) return QuoteError.None;
        var left = Invariant.ReserveOutAt(ReserveIn + amountIn);
        if (left > ReserveOut) return QuoteError.ZeroResult;
        amountOut = ReserveOut - (ulong)left;
        return QuoteError.None;
    }

    /// <summary>
    /// Rounds what stays up, and then takes no more than the least input for which that stays. The amounts are 0 with
    /// an error.
    /// </summary>
    private QuoteError SwapProduct(ulong amountIn, out ulong swapped, out ulong amountOut)
    {
        (swapped, amountOut) = (0, 0);
        var reserveIn = ReserveIn + amountIn;
        ShareMath.TryDivide(ReserveIn, ReserveOut, reserveIn, out var left, out var rest);
        if (left == 0) return QuoteError.ZeroResult;
        if (rest != 0)
        {
            left++;
            ShareMath.TryCeiling(ReserveIn, ReserveOut, left, out reserveIn);
        }
        if (left == ReserveOut || reserveIn == ReserveIn) return QuoteError.ZeroResult;
        (swapped, amountOut) = (reserveIn - ReserveIn, ReserveOut - left);
        return QuoteError.None;
    }
}
