using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Cycles;

/// <summary>One swap of a sized cycle: what goes in and what exactly comes out.</summary>
/// <param name="Hop">Pool and direction.</param>
/// <param name="AmountIn">Leaves the user's account.</param>
/// <param name="AmountOut">Enters it.</param>
/// <param name="TicksCrossed">Initialised ticks crossed or bins entered: what they cost is part of the bid.</param>
[GenerateSerializer, Immutable, Alias("mev.hop-amounts")]
public readonly record struct HopAmounts(
    [property: Id(0)] Hop Hop, [property: Id(1)] TokenAmount AmountIn, [property: Id(2)] TokenAmount AmountOut,
    [property: Id(3)] int TicksCrossed = 0);
