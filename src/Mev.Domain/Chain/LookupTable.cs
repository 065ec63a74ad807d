using System.Collections.Immutable;

namespace Mev.Domain.Chain;

/// <summary>A lookup table as a message may use it now.</summary>
/// <param name="Key">The table's account.</param>
/// <param name="Addresses">Its usable addresses, at most 256, by place.</param>
public sealed record LookupTable(Pubkey Key, ImmutableArray<Pubkey> Addresses);
