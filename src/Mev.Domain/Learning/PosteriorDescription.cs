using System.Collections.Immutable;
using Orleans;

namespace Mev.Domain.Learning;

/// <summary>A posterior for people.</summary>
[GenerateSerializer, Immutable, Alias("mev.posterior-description")]
public sealed record PosteriorDescription
{
    /// <summary>Which sampler.</summary>
    [Id(0)] public required SamplerKind Kind { get; init; }

    /// <summary>Which belief.</summary>
    [Id(1)] public required PosteriorId Id { get; init; }

    /// <summary>Each arm in the order of its index.</summary>
    [Id(2)] public required ImmutableArray<ArmBelief> Arms { get; init; }

    /// <summary>What arms share; none where each arm learns alone.</summary>
    [Id(3)] public ImmutableArray<PosteriorFactor> Factors { get; init; } = [];
}
