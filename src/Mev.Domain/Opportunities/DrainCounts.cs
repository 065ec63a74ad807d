using Orleans;

namespace Mev.Domain.Opportunities;

/// <summary>What became of a drain's candidates.</summary>
/// <param name="Evaluated">Went through the filter's loop.</param>
/// <param name="Survivors">Had a marginal product above one.</param>
/// <param name="Sized">Were sized on exact quotes.</param>
/// <param name="Opportunities">Were positive after every fixed fee.</param>
/// <param name="Listed">Opportunities of another base mint than WSOL: shown, never decided upon.</param>
[GenerateSerializer, Immutable, Alias("mev.drain-counts")]
public readonly record struct DrainCounts(
    [property: Id(0)] long Evaluated,
    [property: Id(1)] long Survivors,
    [property: Id(2)] long Sized,
    [property: Id(3)] long Opportunities,
    [property: Id(4)] long Listed)
{
    /// <summary>Sum of two drains.</summary>
    public static DrainCounts operator +(DrainCounts left, DrainCounts right) => new(
        left.Evaluated + right.Evaluated,
        left.Survivors + right.Survivors,
        left.Sized + right.Sized,
        left.Opportunities + right.Opportunities,
        left.Listed + right.Listed);
}
