using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Cycles;

/// <summary>
/// Finds the size at which a cycle pays most. The real-valued optimum says where to look and bounds what can be there;
/// exact integer quotes decide. Where whole units of a coarse mint make stairs, its stairs are tried around the
/// optimum, each with the least input that reaches it. Allocates nothing once built. Not thread-safe.
/// </summary>
public sealed class CycleSizer
{
    private readonly RelaxedCycle _relaxed = new();
    private readonly ExactCycle _exact;
    private readonly ExactSearch _search;
    private readonly long _inputMax;

    /// <summary>A sizer with its scratch memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is outside its range.</exception>
    public CycleSizer(SizingLimits limits)
    {
        if (!limits.IsInRange) throw new ArgumentOutOfRangeException(nameof(limits), limits, "a limit is out of range");
        _inputMax = (long)limits.InputMax.Units;
        _exact = new ExactCycle(_relaxed, limits.TicksCrossedMax);
        _search = new ExactSearch(_relaxed, _exact, limits);
    }

    /// <summary>No size is above it from now on, whatever the limits allow. Default 0: the limits alone.</summary>
    public TokenAmount AtHand { get; set; }

    /// <summary>Changes the input found: for tests that must see a wrong size refused.</summary>
    internal Func<TokenAmount, TokenAmount>? Mutation { get; init; }

    /// <summary>
    /// Sizes a cycle at the present state of <paramref name="pools"/> (by number of the index) and says whether any
    /// size pays; the amounts and the certificate are in <paramref name="result"/>.
    /// </summary>
    public bool Size(
        CycleIndex index, int cycle, ReadOnlySpan<Pool> pools, in ChainClock clock, SizedCycle result)
    {
        result.Clear(cycle);
        _exact.Bind(index.EdgesOf(cycle), pools, clock);
        var inputMax = AtHand.Units == 0 ? _inputMax : (long)Math.Min((ulong)_inputMax, AtHand.Units);
        var isWorthLooking = _relaxed.Maximise(_exact.Pools, _exact.Directions, clock, inputMax);
        var certificate = isWorthLooking ? _search.Run(inputMax) : SizingCertificate.Bound;
        var input = isWorthLooking ? _search.BestInput : 0;
        if (Mutation is not null) input = (long)Mutation(new TokenAmount((ulong)input)).Units;
        if (input > 0 && _exact.OutputFrom(0, input) > input) result.SetAmounts(_exact.LastRun);
        result.SetCertificate(certificate, _relaxed.Profit, _relaxed.Pieces, _exact.Quotes);
        return result.ProfitUnits > 0;
    }
}
