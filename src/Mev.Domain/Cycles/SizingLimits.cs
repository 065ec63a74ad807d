using Mev.Domain.Chain;

namespace Mev.Domain.Cycles;

/// <summary>Bounds of sizing one cycle.</summary>
public sealed record SizingLimits
{
    /// <summary>Most units of the base mint that may go in (the capital at hand). Default and highest 2^63-1.</summary>
    public TokenAmount InputMax { get; init; } = new(long.MaxValue);

    /// <summary>
    /// Exact quotes after which no further stair is tried, at least 8. Default 512: few cycles come near it, and with
    /// half of it some of those lose more than 200 units.
    /// </summary>
    public int QuotesMax { get; init; } = 512;

    /// <summary>A gap to the bound of up to this many units ends the search. Default 20.</summary>
    public long GapUnits { get; init; } = 20;

    /// <summary>A gap of up to this share of the profit ends the search, in millionths. Default 20.</summary>
    public int GapPartsPerMillion { get; init; } = 20;

    /// <summary>
    /// Most ticks crossed over all hops. Default 160: three swaps of about 41,000 compute units and 7,520 for each
    /// tick stay below the 1,400,000 of a transaction.
    /// </summary>
    public int TicksCrossedMax { get; init; } = 160;
}
