using System.Collections.Immutable;
using Mev.Domain.Learning;

namespace Mev.Grains.Abstractions.Strategies;

/// <summary>A posterior to be taken elsewhere: the command <c>strategy.prior</c> takes its bytes.</summary>
[GenerateSerializer, Immutable, Alias("mev.posterior-export")]
public sealed record PosteriorExport
{
    /// <summary>Its kind.</summary>
    [Id(0)] public required SamplerKind Kind { get; init; }

    /// <summary>Its epoch.</summary>
    [Id(1)] public required ulong Epoch { get; init; }

    /// <summary>SHA-256 of the bytes.</summary>
    [Id(2)] public required PosteriorId Id { get; init; }

    /// <summary>Its canonical bytes.</summary>
    [Id(3)] public required ImmutableArray<byte> Bytes { get; init; }
}
