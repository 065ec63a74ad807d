namespace Mev.Domain.Evaluation;

/// <summary>What a recorded decision says of another policy.</summary>
/// <param name="Support">Whether it says more than the outcome model does.</param>
/// <param name="Profit">Lamports after tip and fees.</param>
/// <param name="Landing">1 for a landing, 0 for everything else, a skip included.</param>
public readonly record struct EvaluatedDecision(Support Support, WeightedOutcome Profit, WeightedOutcome Landing);
