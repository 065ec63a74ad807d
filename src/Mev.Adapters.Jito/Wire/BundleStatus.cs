using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Jito.Wire;

/// <summary>What the engine says of a bundle that it saw land; the chain is the authority.</summary>
/// <param name="Id">The bundle.</param>
/// <param name="Slot">Its slot.</param>
/// <param name="Depth">How safe that slot is.</param>
/// <param name="IsFailed">With an error.</param>
/// <param name="Signatures">Its transactions, as base58.</param>
internal sealed record BundleStatus(
    BundleId Id, Slot Slot, SlotStatus Depth, bool IsFailed, ImmutableArray<string> Signatures);
