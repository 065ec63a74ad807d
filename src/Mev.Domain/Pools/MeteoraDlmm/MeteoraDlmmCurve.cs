using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>A state in floating point, for finding where to look. Never a result.</summary>
internal static class MeteoraDlmmCurve
{
    private const double TwoTo64 = 18446744073709551616.0;

    // Above the rounding of the few operations below (each 2^-53), so that a rate is never under an exact quote.
    private const double UpwardMargin = 1 + 1e-14;

    /// <summary>
    /// Output per input at the first bin that gives something, with the least fee that any clock brings: no volatility.
    /// Every later bin has a worse price, a fee of at least the base, and the program rounds against the trader. A
    /// transfer fee that an amount can bring to its maximum counts as none.
    /// </summary>
    public static double MarginalRate(
        in MeteoraDlmmState state, ReadOnlySpan<PoolAccount> accounts, SwapDirection direction)
    {
        var bins = new BinCursor(in state, accounts, direction);
        if (!bins.MoveNext() || bins.Current.Price.Value == UInt128.Zero) return 0;
        var keep = 1 - (double)state.Fees.Base / MeteoraDlmmFees.RateOne;
        return PriceOf(bins.Current, direction) * keep * KeepAtMost(state.TransferFeeX)
            * KeepAtMost(state.TransferFeeY) * UpwardMargin;
    }

    /// <summary>
    /// The bins that give something, in walking order, each a straight piece, which a transfer fee that comes to its
    /// maximum cuts in two. None where a transfer fee takes everything.
    /// </summary>
    public static int Fill(
        in MeteoraDlmmState state, ReadOnlySpan<PoolAccount> accounts, SwapDirection direction,
        Volatility volatility, (TransferFee In, TransferFee Out) fees, Span<CurveSegment> segments)
    {
        if (fees.In.BasisPoints == TransferFee.Whole || fees.Out.BasisPoints == TransferFee.Whole) return 0;
        var pieces = new StraightPieces(segments, fees.In, fees.Out);
        var isFeeOnInput = state.IsFeeOnInput(direction);
        var bins = new BinCursor(in state, accounts, direction);
        while (bins.MoveNext() && !pieces.IsFull && bins.Current.Price.Value != UInt128.Zero)
        {
            var keep = 1 - (double)state.Fees.RateAt(volatility.At(bins.Bin)) / MeteoraDlmmFees.RateOne;
            pieces.Add(
                PriceOf(bins.Current, direction), (double)bins.Current.Total, isFeeOnInput ? keep : 1,
                isFeeOnInput ? 1 : keep);
        }
        return pieces.Count;
    }

    private static double PriceOf(in MeteoraDlmmBin bin, SwapDirection direction)
    {
        var price = unchecked((ulong)(bin.Price.Value >> 64) * TwoTo64 + (ulong)bin.Price.Value);
        return direction == SwapDirection.AToB ? price / TwoTo64 : TwoTo64 / price;
    }

    private static double KeepAtMost(TransferFeeSchedule fees) =>
        Math.Max(KeepAtMost(fees.Older), KeepAtMost(fees.Newer));

    private static double KeepAtMost(TransferFee fee)
    {
        var isMaximumInReach = (UInt128)fee.Maximum * TransferFee.Whole < (UInt128)ulong.MaxValue * fee.BasisPoints;
        return isMaximumInReach ? 1 : 1 - (double)fee.BasisPoints / TransferFee.Whole;
    }
}
