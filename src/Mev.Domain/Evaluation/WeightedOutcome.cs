namespace Mev.Domain.Evaluation;

/// <summary>One recorded decision in the sum of an estimate.</summary>
/// <param name="Weight">The policy's probability of what was played over that with which it was played.</param>
/// <param name="Value">What came of it.</param>
/// <param name="Expected">What an outcome model expects of what was played.</param>
/// <param name="TargetExpected">What it expects of the policy.</param>
public readonly record struct WeightedOutcome(double Weight, double Value, double Expected, double TargetExpected)
{
    /// <summary>What the model expects, put right by what came of it.</summary>
    public double DoublyRobust => TargetExpected + Weight * (Value - Expected);
}
