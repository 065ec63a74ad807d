using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Cycles;

/// <summary>Which cycles of a universe are indexed.</summary>
public sealed record CycleScope
{
    /// <summary>
    /// Mints from which cycles start, the preferred first: a cycle that passes several of them is indexed once, from
    /// the first of them in this order. Default WSOL alone.
    /// </summary>
    public ImmutableArray<Pubkey> BaseMints { get; init; } = [Mints.Wsol];

    /// <summary>Most hops of a cycle, 2 to <see cref="CycleIndex.HopsMax"/>. Default 3.</summary>
    public int HopsMax { get; init; } = 3;

    /// <summary>
    /// Most cycles indexed, 0 to 2^27 (about 90 bytes each). Default 1,000,000. Beyond it the longest cycles and those
    /// of the last base mints are left out, and <see cref="CycleIndex.LeftOut"/> says how many.
    /// </summary>
    public int CyclesMax { get; init; } = 1_000_000;
}
