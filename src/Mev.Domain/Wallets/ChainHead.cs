using Mev.Domain.Chain;

namespace Mev.Domain.Wallets;

/// <summary>How far the chain is.</summary>
/// <param name="Slot">The slot as of which the node answered.</param>
/// <param name="Blockhash">The newest confirmed one.</param>
/// <param name="LastValidBlockHeight">Last block in which a transaction of that birth can land.</param>
/// <param name="FinalizedHeight">Height of the newest block that is final.</param>
public sealed record ChainHead(Slot Slot, Blockhash Blockhash, ulong LastValidBlockHeight, ulong FinalizedHeight);
