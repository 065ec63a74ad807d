using Mev.Domain.Pools.ConstantProduct;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumCpmm;

/// <summary>Floating-point views of one direction of a pool: they find where to look, exact quotes decide.</summary>
internal static class RaydiumCpmmRate
{
    /// <summary>Share of the input that the pool's own fee leaves.</summary>
    public static double KeepIn(in RaydiumCpmmSide side) => 1 - side.InputRate / (double)ShareMath.Million;

    /// <summary>Share of the output that the creator's fee leaves.</summary>
    public static double KeepOut(in RaydiumCpmmSide side) => 1 - side.OutputRate / (double)ShareMath.Million;

    /// <summary>Share of a transfer that its fee leaves while it is below its maximum.</summary>
    public static double Keep(TransferFee fee) => 1 - fee.BasisPoints / (double)TransferFee.Whole;

    /// <summary>
    /// An upper bound of output per input for every amount and each pair of transfer fees. A fee at its maximum takes a
    /// smaller share the larger the amount; but then the amount is large, and the curve gives a lower price.
    /// </summary>
    public static double Bound(in RaydiumCpmmSide side, TransferFee feeIn, TransferFee feeOut)
    {
        var (reserveIn, reserveOut) = ((double)side.ReserveIn, (double)side.ReserveOut);
        var own = KeepIn(side) * KeepOut(side);
        var bound = reserveOut / reserveIn * own * Keep(feeIn) * Keep(feeOut);
        if (feeIn.BasisPoints != 0)
        {
            var swapped = (Threshold(feeIn) - feeIn.Maximum) * KeepIn(side) - 1; // the pool's fee is rounded up
            bound = Math.Max(bound, reserveOut / (reserveIn + Math.Max(0, swapped)) * own);
        }
        if (feeOut.BasisPoints != 0)
            bound = Math.Max(bound, (reserveOut - Threshold(feeOut)) / reserveIn * own);
        return bound;
    }

    /// <summary>
    /// Amount below which the fee stays below its maximum, less a unit for the rounding of the fee and a share for that
    /// of the arithmetic.
    /// </summary>
    private static double Threshold(TransferFee fee) =>
        Math.Max(0, (fee.Maximum - 1.0) * TransferFee.Whole / fee.BasisPoints * (1 - 1e-14));
}
