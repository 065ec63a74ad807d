namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// The stretch that the three tick arrays of one swap instruction cover in one direction, from the current array on.
/// </summary>
internal struct WhirlpoolWindow
{
    /// <summary>Start tick of the first array of the instruction.</summary>
    public int FirstStart;

    /// <summary>Start tick of the last one.</summary>
    public int LastStart;

    /// <summary>
    /// Walking down, the first prepared tick inside the window; walking up, the first one beyond it.
    /// </summary>
    public int Bound;

    /// <summary>The tick where the walk ends when no initialised one is left.</summary>
    public int EdgeTick;

    /// <summary>Price at <see cref="EdgeTick"/>.</summary>
    public UInt128 EdgePrice;

    /// <summary>Beyond the edge lies a dynamic tick array: going there is not quotable instead of an error.</summary>
    public bool IsOpaque;

    /// <summary>The very first array is dynamic, or none is legal: no swap in this direction starts.</summary>
    public bool IsShut;
}
