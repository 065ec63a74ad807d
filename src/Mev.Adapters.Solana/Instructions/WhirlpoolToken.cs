using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>One side of a Whirlpool, and of its user.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Program">Its token program.</param>
/// <param name="Vault">The pool's tokens.</param>
/// <param name="User">The user's tokens.</param>
public readonly record struct WhirlpoolToken(Pubkey Mint, Pubkey Program, Pubkey Vault, Pubkey User);
