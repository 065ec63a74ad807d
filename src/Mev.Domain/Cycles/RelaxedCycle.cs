using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Cycles;

/// <summary>
/// A cycle in real numbers. Within one piece of every hop the composed curve is a x / (1 + b x) from the place reached,
/// so where its slope is 1 is a closed form; the walk goes from one end of a piece to the next until the slope falls
/// to 1. Real outputs are never below those in whole units, so what it finds bounds what any exact size yields.
/// </summary>
internal sealed class RelaxedCycle
{
    // Below this slope the way to the optimum is shorter than rounding.
    private const double SlopeMin = 1 + 1e-13;

    private readonly RelaxedCurve[] _curves;
    private readonly double[] _amounts = new double[CycleIndex.HopsMax];
    private int _hops;
    private double _output;

    public RelaxedCycle()
    {
        _curves = new RelaxedCurve[CycleIndex.HopsMax];
        for (var i = 0; i < _curves.Length; i++) _curves[i] = new RelaxedCurve();
    }

    /// <summary>Best input.</summary>
    public double Input => _amounts[0];

    /// <summary>Profit there, 0 when none.</summary>
    public double Profit { get; private set; }

    /// <summary>Combinations of pieces walked.</summary>
    public int Pieces { get; private set; }

    /// <summary>Every curve is concave and was seen as far as it mattered.</summary>
    public bool IsConcave { get; private set; }

    /// <summary>Amount that goes into a hop at the best input.</summary>
    public double AmountInto(int hop) => _amounts[hop];

    /// <summary>Finds the best input of at most <paramref name="inputMax"/>; false when none pays.</summary>
    public bool Maximise(
        ReadOnlySpan<Pool> pools, ReadOnlySpan<SwapDirection> directions, in ChainClock clock, double inputMax)
    {
        (_hops, _output, Pieces, Profit, IsConcave) = (pools.Length, 0, 0, 0, false);
        Array.Clear(_amounts);
        for (var i = 0; i < _hops; i++)
            if (!_curves[i].Start(pools[i], directions[i], clock)) return false;
        Walk(inputMax);
        IsConcave = !BendsUpward() && !IsCutShort();
        return Profit > 0;
    }

    /// <summary>Input that it takes at least to bring an amount into a hop; infinity when none does.</summary>
    public double InputBringing(int hop, double amount)
    {
        for (var i = hop - 1; i >= 0; i--) amount = _curves[i].InputFor(amount);
        return amount;
    }

    /// <summary>Input of one hop that its output takes at least; infinity when it never yields it.</summary>
    public double InputOf(int hop, double amount) => _curves[hop].InputFor(amount);

    /// <summary>Output at most when an amount enters a hop.</summary>
    public double OutputFrom(int hop, double amount)
    {
        for (var i = hop; i < _hops; i++) amount = _curves[i].OutputFor(amount);
        return amount;
    }

    // A concave cycle has one optimum; one with a kink upward is walked to its end, past each of its optima.
    private void Walk(double inputMax)
    {
        while (true)
        {
            Pieces++;
            var (slope, bend, room, endingHop) = Compose(inputMax - _curves[0].Input);
            var isRising = slope > SlopeMin;
            if (!isRising && !BendsUpward()) return;
            var step = isRising ? Math.Min(room, (Math.Sqrt(slope) - 1) / bend) : room;
            Advance(step);
            var isOptimum = step < room;
            if (isOptimum && !BendsUpward()) return;
            if (!isOptimum && (endingHop < 0 || !_curves[endingHop].Next())) return;
        }
    }

    // Slope and bend of the whole from here, and how much input until a piece ends (-1: until the input's limit).
    private (double Slope, double Bend, double Room, int EndingHop) Compose(double room)
    {
        var (slope, bend, endingHop) = (1.0, 0.0, -1);
        for (var i = 0; i < _hops; i++)
        {
            var curve = _curves[i];
            var left = curve.Left;
            // Solves slope x / (1 + bend x) = left; not a number where the piece has no end.
            var reach = left / (slope - bend * left);
            if (reach >= 0 && reach < room) (room, endingHop) = (reach, i);
            bend += curve.Bend * slope;
            slope *= curve.Slope;
        }
        return (slope, bend, room, endingHop);
    }

    private void Advance(double amount)
    {
        for (var i = 0; i < _hops; i++) amount = _curves[i].Advance(amount);
        _output += amount;
        var profit = _output - _curves[0].Input;
        if (profit <= Profit) return;
        Profit = profit;
        for (var i = 0; i < _hops; i++) _amounts[i] = _curves[i].Input;
    }

    private bool BendsUpward()
    {
        for (var i = 0; i < _hops; i++)
            if (_curves[i].BendsUpward) return true;
        return false;
    }

    private bool IsCutShort()
    {
        for (var i = 0; i < _hops; i++)
            if (_curves[i].IsCutShort) return true;
        return false;
    }
}
