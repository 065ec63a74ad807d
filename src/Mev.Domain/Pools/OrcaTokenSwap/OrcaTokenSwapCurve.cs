namespace Mev.Domain.Pools.OrcaTokenSwap;

/// <summary>Floating-point views of one direction of a pool: they find where to look, exact quotes decide.</summary>
internal static class OrcaTokenSwapCurve
{
    /// <summary>Units of a reserve above which two of them are dust.</summary>
    public const ulong CoarseReserveMax = 1_000_000_000;

    /// <summary>An upper bound of output per input for every amount, but for the dust of large reserves.</summary>
    public static double RateOf(in OrcaTokenSwapSide side)
    {
        var (reserveIn, reserveOut) = ((double)side.ReserveIn, (double)side.ReserveOut);
        var price = side.IsStable ? new StableShape(side).Slope : reserveOut / reserveIn;
        var withFees = price * Math.Max(0, side.Fees.Keep);
        if (!IsCoarse(side)) return withFees;
        // Of constant product no input yields more than one unit does. A stable one gives one unit too many on either
        // side at most, and of the least input, of one unit, half a unit more may be assumed (see Pool.MarginalRate).
        var without = side.IsStable ? (price + Math.Max(1, price)) / 1.5 : reserveOut / (reserveIn + 1);
        return Math.Max(withFees, without);
    }

    /// <summary>Writes the pieces and returns how many.</summary>
    public static int Fill(in OrcaTokenSwapSide side, Span<CurveSegment> segments)
    {
        var keep = side.Fees.Keep;
        if (segments.IsEmpty || keep <= 0) return 0;
        if (side.IsStable) return StableCurve.Fill(side, keep, segments);
        var (reserveIn, reserveOut) = ((double)side.ReserveIn, (double)side.ReserveOut);
        // Up to here the fees that are cut to whole units may be thought of as not taken at all.
        var feeless = IsCoarse(side) && keep < 1 ? side.Fees.ShortUnits / (1 - keep) : 0;
        if (feeless == 0 || segments.Length == 1)
        {
            segments[0] = new CurveSegment(0, double.PositiveInfinity, 0, reserveIn, reserveOut, keep, OutKeep: 1);
            return 1;
        }
        var output = reserveOut * feeless / (reserveIn + feeless);
        segments[0] = new CurveSegment(0, feeless, 0, reserveIn, reserveOut, Keep: 1, OutKeep: 1);
        segments[1] = new CurveSegment(
            feeless, double.PositiveInfinity, output, reserveIn + feeless, reserveOut - output, keep, OutKeep: 1);
        return 2;
    }

    private static bool IsCoarse(in OrcaTokenSwapSide side) =>
        Math.Min(side.ReserveIn, side.ReserveOut) <= CoarseReserveMax;
}
