using Mev.Domain.Chain;

namespace Mev.Domain.Limits.Leases;

/// <summary>A slice of a limit that its holder may spend alone for a while.</summary>
/// <param name="Number">Rises by one with every grant of its book, from 1.</param>
/// <param name="Holder">Who may spend it.</param>
/// <param name="Amount">How much, above 0.</param>
/// <param name="EndsMs">When it ends by the granter's clock, Unix milliseconds.</param>
public sealed record Lease(ulong Number, string Holder, Lamports Amount, long EndsMs);
