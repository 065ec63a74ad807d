using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Learning;

/// <summary>One arm's part in a decision, recomputed for people: what was drawn and what it came to.</summary>
[GenerateSerializer, Immutable, Alias("mev.arm-draw")]
public sealed record ArmDraw
{
    /// <summary>Index among the sampler's arms.</summary>
    [Id(0)] public required int Index { get; init; }

    /// <summary>The arm.</summary>
    [Id(1)] public required Arm Arm { get; init; }

    /// <summary>Its tip on this opportunity.</summary>
    [Id(2)] public required Lamports Tip { get; init; }

    /// <summary>Why it could not be chosen, if so; draw and score are still what they would have been.</summary>
    [Id(3)] public required ArmExclusion Exclusion { get; init; }

    /// <summary>The drawn probability of landing, 0 to 1.</summary>
    [Id(4)] public required double LandingProbability { get; init; }

    /// <summary>Expected net reward as a share of the estimated profit.</summary>
    [Id(5)] public required double Score { get; init; }
}
