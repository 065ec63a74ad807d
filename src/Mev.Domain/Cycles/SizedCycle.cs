using Mev.Domain.Chain;

namespace Mev.Domain.Cycles;

/// <summary>
/// The exact amounts of one cycle at its best size, gross of transaction costs. A reusable target that
/// <see cref="CycleSizer"/> fills, so sizing allocates nothing.
/// </summary>
public sealed class SizedCycle
{
    private readonly SizedHop[] _hops = new SizedHop[CycleIndex.HopsMax];
    private int _hopCount;

    /// <summary>Number of the cycle in the index.</summary>
    public int Cycle { get; private set; }

    /// <summary>The hops in order; none when no size pays.</summary>
    public ReadOnlySpan<SizedHop> Hops => _hops.AsSpan(0, _hopCount);

    /// <summary>What goes into the first hop, units of the base mint.</summary>
    public TokenAmount AmountIn => _hopCount == 0 ? default : _hops[0].AmountIn;

    /// <summary>What comes out of the last hop, units of the base mint.</summary>
    public TokenAmount AmountOut => _hopCount == 0 ? default : _hops[_hopCount - 1].AmountOut;

    /// <summary>Output minus input, units of the base mint; 0 when no size pays, else at least 1.</summary>
    public long ProfitUnits { get; private set; }

    /// <summary>Ticks crossed over all hops.</summary>
    public int TicksCrossed { get; private set; }

    /// <summary>How far the optimum is certified.</summary>
    public SizingCertificate Certificate { get; private set; }

    /// <summary>
    /// Profit of the real-valued relaxation, rounded up: an upper bound of what any input yields, up to floating-point
    /// rounding.
    /// </summary>
    public long BoundUnits { get; private set; }

    /// <summary>Bound minus profit, at least 0.</summary>
    public long GapUnits => Math.Max(0, BoundUnits - ProfitUnits);

    /// <summary>Pieces of the composed curve walked to the optimum; 1 means that the closed form was enough.</summary>
    public int Pieces { get; private set; }

    /// <summary>Exact quotes spent.</summary>
    public int ExactQuotes { get; private set; }

    internal void Clear(int cycle)
    {
        (Cycle, _hopCount, ProfitUnits, TicksCrossed) = (cycle, 0, 0, 0);
        (Certificate, BoundUnits, Pieces, ExactQuotes) = (SizingCertificate.Unknown, 0, 0, 0);
    }

    internal void SetAmounts(ReadOnlySpan<SizedHop> hops)
    {
        hops.CopyTo(_hops);
        _hopCount = hops.Length;
        ProfitUnits = (long)AmountOut.Units - (long)AmountIn.Units;
        TicksCrossed = 0;
        foreach (var hop in hops) TicksCrossed += hop.TicksCrossed;
    }

    internal void SetCertificate(SizingCertificate certificate, double bound, int pieces, int exactQuotes)
    {
        (Certificate, Pieces, ExactQuotes) = (certificate, pieces, exactQuotes);
        // 2^62: far above any supply, and it converts without overflow.
        BoundUnits = (long)Math.Ceiling(Math.Clamp(bound, 0, 4.6e18));
    }
}
