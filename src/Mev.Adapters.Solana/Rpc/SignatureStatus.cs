using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>What the chain knows of a transaction.</summary>
/// <param name="Slot">The slot that processed it.</param>
/// <param name="Commitment">How safe that slot is.</param>
/// <param name="IsFailed">It was processed and failed: only its fee was taken.</param>
public sealed record SignatureStatus(Slot Slot, SlotStatus Commitment, bool IsFailed);
