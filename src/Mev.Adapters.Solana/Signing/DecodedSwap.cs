using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing;

/// <summary>A swap for a given input, as its instruction says it.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="User">Who signs for the tokens.</param>
/// <param name="UserIn">The token account that pays.</param>
/// <param name="UserOut">The token account that receives.</param>
/// <param name="AmountIn">Units put in.</param>
/// <param name="AmountOutMin">Least units taken out; below, all of the transaction fails.</param>
internal readonly record struct DecodedSwap(
    Pubkey Pool, Pubkey User, Pubkey UserIn, Pubkey UserOut, TokenAmount AmountIn, TokenAmount AmountOutMin);
