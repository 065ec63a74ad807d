using Orleans;

namespace Mev.Domain.Learning;

/// <summary>What a posterior believes of one arm's probability of landing.</summary>
[GenerateSerializer, Immutable, Alias("mev.arm-belief")]
public sealed record ArmBelief
{
    /// <summary>Index among the sampler's arms.</summary>
    [Id(0)] public required int Index { get; init; }

    /// <summary>The arm.</summary>
    [Id(1)] public required Arm Arm { get; init; }

    /// <summary>Outcomes that were fed for it, decayed where the posterior decays.</summary>
    [Id(2)] public required double OutcomesCount { get; init; }

    /// <summary>Mean, 0 to 1.</summary>
    [Id(3)] public required double Mean { get; init; }

    /// <summary>5 % quantile.</summary>
    [Id(4)] public required double Low { get; init; }

    /// <summary>95 % quantile.</summary>
    [Id(5)] public required double High { get; init; }
}
