using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing;

/// <summary>A transfer of lamports.</summary>
/// <param name="From">Who pays.</param>
/// <param name="To">Who receives.</param>
/// <param name="Amount">How much.</param>
/// <param name="IsStatic">The message itself holds the receiver's key.</param>
internal readonly record struct DecodedTransfer(Pubkey From, Pubkey To, Lamports Amount, bool IsStatic);
