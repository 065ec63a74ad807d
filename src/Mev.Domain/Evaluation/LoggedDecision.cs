using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Evaluation;

/// <summary>A recorded decision that a sampler was asked for, with what came of it.</summary>
public sealed record LoggedDecision
{
    /// <summary>What the sampler knew.</summary>
    public required ChoiceContext Context { get; init; }

    /// <summary>Where its random numbers came from.</summary>
    public required DrawStream Draws { get; init; }

    /// <summary>The belief that it drew from.</summary>
    public required PosteriorId Posterior { get; init; }

    /// <summary>The arm that was played; -1 of a skip.</summary>
    public required int Arm { get; init; }

    /// <summary>The arm with the best score, which is played outside the calibration slice; -1 for none.</summary>
    public required int Sampled { get; init; }

    /// <summary>Arms whose tip was allowed; null in records that do not tell, which have no support.</summary>
    public required int? Candidates { get; init; }

    /// <summary>Probability with which the slice picks, every candidate alike; 0 where it could not.</summary>
    public required double Exploration { get; init; }

    /// <summary>What it earned after tip and fees; 0 of a skip and of a loss that cost nothing.</summary>
    public required Lamports Net { get; init; }

    /// <summary>Whether it landed.</summary>
    public required bool HasLanded { get; init; }
}
