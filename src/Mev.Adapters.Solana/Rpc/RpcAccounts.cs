using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>Accounts as of one slot.</summary>
/// <param name="Slot">The slot as of which the node answered.</param>
/// <param name="Accounts">
/// Startup writes of that slot; an account that does not exist is left out, or closed where it was asked for by name.
/// </param>
public sealed record RpcAccounts(Slot Slot, ImmutableArray<AccountWrite> Accounts);
