using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Cycles;

/// <summary>One swap of a sized cycle: what goes in and what exactly comes out.</summary>
[GenerateSerializer, Immutable, Alias("mev.hop-amounts")]
public readonly record struct HopAmounts(
    [property: Id(0)] Hop Hop, [property: Id(1)] TokenAmount AmountIn, [property: Id(2)] TokenAmount AmountOut);
