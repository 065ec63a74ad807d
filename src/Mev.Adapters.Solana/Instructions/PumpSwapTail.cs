using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>
/// The accounts that PumpSwap asks for since 2026 after the others. From its public interface; no recorded
/// transaction has them yet.
/// </summary>
/// <param name="IsCashback">The pool pays traders back.</param>
/// <param name="BuybackRecipient">One of the global config's buyback recipients.</param>
public sealed record PumpSwapTail(bool IsCashback, Pubkey BuybackRecipient);
