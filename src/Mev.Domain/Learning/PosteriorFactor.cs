using Orleans;

namespace Mev.Domain.Learning;

/// <summary>One part of a belief that arms share, for people.</summary>
[GenerateSerializer, Immutable, Alias("mev.posterior-factor")]
public sealed record PosteriorFactor
{
    /// <summary>What it is about, for example <c>in time, fast</c>.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Mean.</summary>
    [Id(1)] public required double Mean { get; init; }

    /// <summary>5 % quantile.</summary>
    [Id(2)] public required double Low { get; init; }

    /// <summary>95 % quantile.</summary>
    [Id(3)] public required double High { get; init; }

    /// <summary>Observations behind it, the prior's weight included; null where none are counted.</summary>
    [Id(4)] public required double? Count { get; init; }
}
