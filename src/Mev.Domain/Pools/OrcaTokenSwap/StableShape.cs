namespace Mev.Domain.Pools.OrcaTokenSwap;

/// <summary>
/// A stable curve in real numbers at one place: L (x + y) + D = L D + D^3 / (4 x y) with the leverage L and the
/// reserves x of the input and y of the output mint.
/// </summary>
internal readonly struct StableShape
{
    private readonly double _invariant;
    private readonly double _leverage;

    /// <summary>The place that a side's reserves are.</summary>
    public StableShape(in OrcaTokenSwapSide side)
        : this(side.ReserveIn, side.ReserveOut, (double)side.Invariant.D, side.Invariant.Leverage)
    {
    }

    private StableShape(double reserveIn, double reserveOut, double invariant, double leverage)
    {
        (ReserveIn, ReserveOut, _invariant, _leverage) = (reserveIn, reserveOut, invariant, leverage);
        var product = invariant / 2 / reserveIn * (invariant / 2 / reserveOut) * invariant; // D^3 / (4 x y)
        var (slopeIn, slopeOut) = (leverage + product / reserveIn, leverage + product / reserveOut);
        Slope = slopeIn / slopeOut;
        var (byIn, byOut) = (1 / reserveIn, Slope / reserveOut);
        var bend = 2 * product * (byIn * byIn - byIn * byOut + byOut * byOut) / slopeOut;
        ReserveOfBend = 2 * Slope / bend;
    }

    /// <summary>Reserve of the input mint.</summary>
    public double ReserveIn { get; }

    /// <summary>Reserve of the output mint.</summary>
    public double ReserveOut { get; }

    /// <summary>Output per input at the margin.</summary>
    public double Slope { get; }

    /// <summary>
    /// Virtual reserve of the input mint of the constant product with the same slope and the same second derivative.
    /// </summary>
    public double ReserveOfBend { get; }

    /// <summary>
    /// A place further on: the input's reserve grows by that factor at most, the output's falls by it at most.
    /// </summary>
    public StableShape Further(double factor)
    {
        var reserveIn = Math.Min(ReserveIn * factor, Other(ReserveOut / factor));
        return new StableShape(reserveIn, Other(reserveIn), _invariant, _leverage);
    }

    /// <summary>The one reserve that belongs to the other: the curve is symmetric. Solves y^2 + b y = c.</summary>
    private double Other(double reserve)
    {
        var b = reserve + _invariant / _leverage - _invariant;
        var c = _invariant / 2 / reserve * (_invariant / 2) * (_invariant / _leverage);
        var root = Math.Sqrt(b * b + 4 * c);
        return b < 0 ? (root - b) / 2 : 2 * c / (b + root);
    }
}
