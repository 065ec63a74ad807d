using System.Collections.Immutable;
using Orleans;

namespace Mev.Domain.Limits;

/// <summary>A <see cref="LossBook"/> as it stood.</summary>
[GenerateSerializer, Immutable, Alias("mev.loss-snapshot")]
public sealed record LossSnapshot
{
    /// <summary>Seconds with results, ascending.</summary>
    [Id(2)] public ImmutableArray<LossSecond> Seconds { get; init; } = [];

    /// <summary>When transactions failed since the last landing, Unix milliseconds, ascending.</summary>
    [Id(1)] public ImmutableArray<long> Failures { get; init; } = [];
}
