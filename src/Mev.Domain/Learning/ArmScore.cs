namespace Mev.Domain.Learning;

/// <summary>An arm and what its draw promised.</summary>
/// <param name="Arm">Index of the arm among the sampler's arms; -1 for none.</param>
/// <param name="Score">Expected net reward as a share of the estimated profit; above 0, and 0 for none.</param>
public readonly record struct ArmScore(int Arm, double Score)
{
    /// <summary>No arm.</summary>
    public static ArmScore None => new(-1, 0.0);

    /// <summary>True for <see cref="None"/>.</summary>
    public bool IsNone => Arm < 0;

    /// <summary>
    /// True when an arm of that index and score goes before this one: a higher score, or the same with a lower index.
    /// </summary>
    internal bool IsBeatenBy(int arm, double score) => score > Score || (score == Score && arm < Arm);
}
