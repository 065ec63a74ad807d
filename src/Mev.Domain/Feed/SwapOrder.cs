using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>An exact-in swap that somebody sent.</summary>
public readonly record struct SwapOrder(PoolId Pool, SwapDirection Direction, TokenAmount AmountIn);
