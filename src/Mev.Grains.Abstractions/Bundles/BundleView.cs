using Mev.Domain.Bundles;

namespace Mev.Grains.Abstractions.Bundles;

/// <summary>A bundle as people see it.</summary>
[GenerateSerializer, Immutable, Alias("mev.bundle-view")]
public sealed record BundleView
{
    /// <summary>Claimed, intended, sent, resolved; unknown before a claim.</summary>
    [Id(0)] public required BundleStage Stage { get; init; }

    /// <summary>The strategy that holds it; empty before a claim.</summary>
    [Id(1)] public required string Strategy { get; init; }

    /// <summary>What became of it, when known.</summary>
    [Id(2)] public BundleOutcome? Outcome { get; init; }

    /// <summary>How many outcomes took the place of an earlier one.</summary>
    [Id(3)] public int Corrections { get; init; }
}
