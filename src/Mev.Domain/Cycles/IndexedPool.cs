using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Cycles;

/// <summary>A pool as the index sees it: its address and its two different mints.</summary>
public readonly record struct IndexedPool(PoolId Id, Pubkey MintA, Pubkey MintB);
