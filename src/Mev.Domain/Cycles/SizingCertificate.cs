namespace Mev.Domain.Cycles;

/// <summary>
/// How far the optimum of a sized cycle is certified. In each case <see cref="SizedCycle.GapUnits"/> says how much
/// more any input could yield at most, but for what rounding gives away in a large Raydium AMM v4 pool: its fee is
/// rounded half up, so as much as half a unit into it yields at the end of the cycle.
/// </summary>
public enum SizingCertificate
{
    /// <summary>Not sized.</summary>
    Unknown = 0,

    /// <summary>The optimum of the real-valued curve, rounded, is within the tolerated gap of its bound.</summary>
    Bound,

    /// <summary>
    /// Whole units make stairs, and each stair of the coarsest mint that could have paid more was tried: no input
    /// yields more, up to floating-point rounding.
    /// </summary>
    Stairs,

    /// <summary>The search of the stairs ended at its bound of exact quotes, the best so far being kept.</summary>
    QuotesSpent,

    /// <summary>
    /// The curve has more pieces than are looked at or a kink that bends upward, so the bound holds for the part that
    /// was seen only.
    /// </summary>
    CurvePartial,
}
