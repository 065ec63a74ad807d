using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>A token account of a transaction, before and after it.</summary>
/// <param name="Account">The token account.</param>
/// <param name="Mint">Its mint.</param>
/// <param name="Owner">Who may move its tokens.</param>
/// <param name="Before">Units before; 0 where it did not exist.</param>
/// <param name="After">Units after; 0 where it does not exist any more.</param>
public readonly record struct ObservedTokens(Pubkey Account, Pubkey Mint, Pubkey Owner, ulong Before, ulong After);
