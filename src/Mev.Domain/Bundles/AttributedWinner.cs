using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Bundles;

/// <summary>Who took a chance of ours, as the chain shows it.</summary>
[GenerateSerializer, Immutable, Alias("mev.attributed-winner")]
public sealed record AttributedWinner
{
    /// <summary>Their transaction: its first signature, base58.</summary>
    [Id(0)] public required string Signature { get; init; }

    /// <summary>Its slot.</summary>
    [Id(1)] public required Slot Slot { get; init; }

    /// <summary>What it paid to tip accounts.</summary>
    [Id(2)] public required Lamports Tip { get; init; }

    /// <summary>Compute units that it asked for.</summary>
    [Id(3)] public required ulong Units { get; init; }

    /// <summary>Their tip in our units: as much for each compute unit, for as many as ours.</summary>
    [Id(4)] public required Lamports Bid { get; init; }

    /// <summary>It landed before ours could have: speed was lost, not the bid.</summary>
    [Id(5)] public required bool IsAhead { get; init; }
}
