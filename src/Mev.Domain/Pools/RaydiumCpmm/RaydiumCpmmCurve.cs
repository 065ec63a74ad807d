using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumCpmm;

/// <summary>
/// The exact-in curve of one direction in floating point. A transfer fee stops growing at its maximum, and there the
/// curve gets a new piece: one for the input's fee, one for the output's.
/// </summary>
internal static class RaydiumCpmmCurve
{
    /// <summary>Writes the pieces, one to three, and returns how many.</summary>
    public static int Fill(
        in RaydiumCpmmSide side, TransferFee feeIn, TransferFee feeOut, Span<CurveSegment> segments)
    {
        Span<double> starts = stackalloc double[3];
        starts[0] = 0;
        var count = 1;
        var capIn = CapOf(feeIn);
        if (capIn < double.PositiveInfinity) starts[count++] = capIn;
        var capOut = InputFor(side, feeIn, CapOf(feeOut));
        if (capOut < double.PositiveInfinity) starts[count++] = capOut;
        starts[1..count].Sort();
        count = Math.Min(count, segments.Length);
        for (var i = 0; i < count; i++)
        {
            var end = i + 1 < count ? starts[i + 1] : double.PositiveInfinity;
            segments[i] = Piece(side, feeIn, feeOut, starts[i], end, hasCapIn: starts[i] >= capIn,
                hasCapOut: starts[i] >= capOut);
        }
        return count;
    }

    private static CurveSegment Piece(
        in RaydiumCpmmSide side, TransferFee feeIn, TransferFee feeOut, double start, double end,
        bool hasCapIn, bool hasCapOut)
    {
        var swapped = Net(feeIn, start) * RaydiumCpmmRate.KeepIn(side);
        var output = side.ReserveOut * swapped / (side.ReserveIn + swapped);
        var userOut = Net(feeOut, output * RaydiumCpmmRate.KeepOut(side));
        return new CurveSegment(
            start, end, userOut, side.ReserveIn + swapped, side.ReserveOut - output,
            RaydiumCpmmRate.KeepIn(side) * (hasCapIn ? 1 : RaydiumCpmmRate.Keep(feeIn)),
            RaydiumCpmmRate.KeepOut(side) * (hasCapOut ? 1 : RaydiumCpmmRate.Keep(feeOut)));
    }

    private static double CapOf(TransferFee fee) =>
        fee.BasisPoints == 0 ? double.PositiveInfinity : (double)fee.Maximum * TransferFee.Whole / fee.BasisPoints;

    private static double Net(TransferFee fee, double amount) =>
        amount - Math.Min(fee.Maximum, amount * fee.BasisPoints / TransferFee.Whole);

    /// <summary>The user's input for that much out of the vault; infinity when the pool never gives it.</summary>
    private static double InputFor(in RaydiumCpmmSide side, TransferFee feeIn, double vaultOut)
    {
        var output = vaultOut / RaydiumCpmmRate.KeepOut(side);
        if (!(output < side.ReserveOut)) return double.PositiveInfinity;
        var vaultIn = side.ReserveIn * output / (side.ReserveOut - output) / RaydiumCpmmRate.KeepIn(side);
        var keep = RaydiumCpmmRate.Keep(feeIn);
        return keep > 0 ? Math.Min(vaultIn / keep, vaultIn + feeIn.Maximum) : vaultIn + feeIn.Maximum;
    }
}
