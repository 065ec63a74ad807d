namespace Mev.Simulator.Chain;

/// <summary>One transaction tried.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Paid">Its fee alone is taken; null when the payer cannot pay.</param>
/// <param name="Effects">What all of it does.</param>
/// <param name="Error">Why it fails; null when it succeeds.</param>
internal sealed record TrialStep(
    ChainTransaction Transaction, TransactionEffects? Paid, TransactionEffects Effects, ChainError? Error);
