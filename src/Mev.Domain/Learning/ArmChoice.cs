using Mev.Domain.Chain;

namespace Mev.Domain.Learning;

/// <summary>
/// What a sampler chose. The three best scores are those of all candidates, whatever was left undrawn to find them; of
/// equal scores the lower arm index is first.
/// </summary>
public readonly record struct ArmChoice
{
    /// <summary>Arms whose tip was allowed. 0 means that no arm could be considered at all.</summary>
    public required int CandidatesCount { get; init; }

    /// <summary>The chosen arm; <see cref="Learning.Arm.None"/> for a skip.</summary>
    public required Arm Arm { get; init; }

    /// <summary>Index of the chosen arm among the sampler's arms; -1 for a skip.</summary>
    public required int Index { get; init; }

    /// <summary>The tip of the chosen arm; 0 for a skip.</summary>
    public required Lamports Tip { get; init; }

    /// <summary>The calibration slice picked the arm, any of the allowed ones alike, whatever its score.</summary>
    public bool IsRandomised { get; init; }

    /// <summary>
    /// Probability with which the calibration slice would pick, as it stood before that was drawn; 0 where it could
    /// not. Every candidate has the same share of it.
    /// </summary>
    public double Exploration { get; init; }

    /// <summary>
    /// Index and score of the highest arm above 0, which is the chosen one unless the choice is randomised; else none.
    /// </summary>
    public required ArmScore Best { get; init; }

    /// <summary>The second highest above 0, or none.</summary>
    public required ArmScore Second { get; init; }

    /// <summary>The third highest above 0, or none.</summary>
    public required ArmScore Third { get; init; }

    /// <summary>No arm was worth its price, or none was allowed.</summary>
    public bool IsSkip => Arm.IsNone;
}
