namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>
/// The stretch that the tick arrays of one swap instruction cover in one direction: those that the bitmap marks, from
/// the current one on.
/// </summary>
internal struct RaydiumClmmWindow
{
    /// <summary>
    /// Walking down, the first prepared tick inside the window; walking up, the first one beyond it.
    /// </summary>
    public int Bound;

    /// <summary>What becomes of a swap that wants to go on after the last of these ticks.</summary>
    public QuoteError End;

    /// <summary>Why no swap in this direction can even start; none where one can, or the program refuses.</summary>
    public PoolDefect Defect;
}
