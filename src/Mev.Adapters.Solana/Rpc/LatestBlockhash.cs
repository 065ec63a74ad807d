using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>A blockhash to build transactions on.</summary>
/// <param name="Slot">The slot as of which the node answered.</param>
/// <param name="Hash">What a message names as its birth.</param>
/// <param name="LastValidBlockHeight">Last block in which a transaction with it can land.</param>
public sealed record LatestBlockhash(Slot Slot, Blockhash Hash, ulong LastValidBlockHeight);
