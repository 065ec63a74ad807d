using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>One block of a recorded day: when it came and which swaps it held.</summary>
public sealed record RecordedBlock
{
    /// <summary>Its slot.</summary>
    public required Slot Slot { get; init; }

    /// <summary>Its time, seconds since 1970.</summary>
    public required long UnixTime { get; init; }

    /// <summary>The swaps in the order of their execution; empty in most blocks.</summary>
    public required ImmutableArray<RecordedSwap> Swaps { get; init; }
}
