using Mev.Domain.Chain;

namespace Mev.Domain.Signing;

/// <summary>What is left of the strategy's lease for this bundle.</summary>
/// <param name="Cost">Tips, fees and deposits for new accounts together, lamports.</param>
/// <param name="AmountIn">Wrapped SOL put into first hops together, lamports.</param>
public readonly record struct SigningLease(Lamports Cost, TokenAmount AmountIn);
