using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>What a node answers when it is asked for statuses.</summary>
/// <param name="Slot">The newest slot that it knew: what is absent is not in any block up to this one.</param>
/// <param name="All">In the order asked; null for a transaction that the node does not know.</param>
public sealed record SignatureStatuses(Slot Slot, ImmutableArray<SignatureStatus?> All);
