using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>Which accounts of a program are asked for: those of a length that name an address at an offset.</summary>
/// <param name="Length">Bytes of the account; null for any.</param>
/// <param name="Offset">Where the address stands.</param>
/// <param name="Address">The address.</param>
public sealed record RpcAccountFilter(int? Length, int Offset, Pubkey Address);
