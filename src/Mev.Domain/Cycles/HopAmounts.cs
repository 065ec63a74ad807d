using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Cycles;

/// <summary>One swap of a sized cycle: what goes in and what exactly comes out.</summary>
/// <param name="Hop">Pool and direction.</param>
/// <param name="AmountIn">Leaves the user's account.</param>
/// <param name="AmountOut">Enters it.</param>
/// <param name="TicksCrossed">Initialised ticks crossed or bins entered: what they cost is part of the bid.</param>
/// <param name="MintIn">What goes in; zero where the pool is not at hand, as in records.</param>
[GenerateSerializer, Immutable, Alias("mev.hop-amounts")]
public readonly record struct HopAmounts(
    [property: Id(0)] Hop Hop, [property: Id(1)] TokenAmount AmountIn, [property: Id(2)] TokenAmount AmountOut,
    [property: Id(3)] int TicksCrossed = 0, [property: Id(4)] Pubkey MintIn = default);
