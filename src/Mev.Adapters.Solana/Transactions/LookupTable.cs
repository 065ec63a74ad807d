using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>A lookup table as a message may use it now.</summary>
/// <param name="Key">The table's account.</param>
/// <param name="Addresses">Its usable addresses, at most 256, by place.</param>
public sealed record LookupTable(Pubkey Key, ImmutableArray<Pubkey> Addresses);
