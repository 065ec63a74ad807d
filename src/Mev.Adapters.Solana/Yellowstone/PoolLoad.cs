using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>Accounts that were read from the node, to be told once the stream has passed their slot.</summary>
/// <param name="Accounts">Startup values, each of the slot as of which it was read.</param>
/// <param name="Slot">Highest of their slots.</param>
/// <param name="Whole">
/// The slot as of which an account that is not among them did not exist; null when they are not everything watched.
/// </param>
internal sealed record PoolLoad(ImmutableArray<AccountWrite> Accounts, Slot Slot, Slot? Whole);
