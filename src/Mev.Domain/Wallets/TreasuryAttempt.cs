using Mev.Domain.Chain;

namespace Mev.Domain.Wallets;

/// <summary>Signed bytes of an order that may have left.</summary>
/// <param name="Signature">Their first signature: by it the chain is asked.</param>
/// <param name="LastValidBlockHeight">They cannot land in a higher block.</param>
public readonly record struct TreasuryAttempt(TransactionSignature Signature, ulong LastValidBlockHeight);
