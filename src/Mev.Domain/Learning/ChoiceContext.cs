using Mev.Domain.Chain;

namespace Mev.Domain.Learning;

/// <summary>
/// All that a sampler may know of an opportunity when it chooses. Frozen into the decision record: the update that
/// follows uses this value and never a fresh one.
/// </summary>
public readonly record struct ChoiceContext
{
    /// <summary>Estimated profit after every fixed fee and before the tip; at most 0 is always skipped.</summary>
    public required Lamports Value { get; init; }

    /// <summary>Least tip that the policy allows; a bid is never below <see cref="Arm.TipMin"/> either.</summary>
    public required Lamports TipFloor { get; init; }

    /// <summary>Highest tip that the policy allows.</summary>
    public required Lamports TipCap { get; init; }

    /// <summary>Cost of one submission by the fast route, landed or not; at least 0.</summary>
    public required Lamports FastRouteCost { get; init; }

    /// <summary>Cost of one submission by the standard route, landed or not; at least 0. Default 0.</summary>
    public Lamports StandardRouteCost { get; init; }

    /// <summary>What else is known of it; samplers that do not use features ignore it.</summary>
    public FeatureVector Features { get; init; }

    /// <summary>Bin of the survival factor, 0 to 3 (<see cref="FeatureVector.SurvivalBin"/>).</summary>
    public byte SurvivalBin { get; init; }

    /// <summary>What a model says the logarithm of the best rival bid lies off the regression; 0 without one.</summary>
    public double Offset { get; init; }
}
