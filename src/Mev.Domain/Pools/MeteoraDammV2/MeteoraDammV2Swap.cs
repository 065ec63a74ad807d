namespace Mev.Domain.Pools.MeteoraDammV2;

/// <summary>What a swap does to the pool.</summary>
/// <param name="AmountOut">Enters the user's account; may be 0.</param>
/// <param name="SqrtPrice">Square root of the price afterwards, with 64 binary places.</param>
/// <param name="IsFeeInA">The fee is in mint A, else in mint B.</param>
/// <param name="ProtocolFee">The protocol's part of the fee.</param>
internal readonly record struct MeteoraDammV2Swap(
    ulong AmountOut, UInt128 SqrtPrice, bool IsFeeInA, ulong ProtocolFee);
