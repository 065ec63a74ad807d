using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Signing;

/// <summary>A swap on a pool, by its direction.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="MintIn">Mint that was put in.</param>
public readonly record struct PoolTrade(PoolId Pool, Pubkey MintIn);
