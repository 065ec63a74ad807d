namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>An initialised tick as a quote needs it.</summary>
/// <param name="SqrtPrice">Its square-root price, Q64.64.</param>
/// <param name="LiquidityNet">Added to the liquidity when crossed upward, subtracted downward.</param>
/// <param name="Index">The tick, a multiple of the pool's spacing.</param>
public readonly record struct InitialisedTick(UInt128 SqrtPrice, Int128 LiquidityNet, int Index);
