using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Journal.Audit;

/// <summary>The outcome in whose place a correction stands, and what it and those before it counted for.</summary>
/// <param name="Offset">Where its record stands, in the partition of its intent.</param>
/// <param name="Outcome">What it said.</param>
/// <param name="HasTaught">One of them was evidence that the posterior learnt from.</param>
/// <param name="IsLoss">One of them is in the window of losses, its cause seen or not.</param>
/// <param name="IsAveraged">One of them showed a winning fraction, which is in the averages.</param>
public readonly record struct EarlierOutcome(
    long Offset, BundleOutcome Outcome, bool HasTaught, bool IsLoss, bool IsAveraged)
{
    /// <summary>An outcome after those before it.</summary>
    /// <param name="before">The one before; null of the first.</param>
    /// <param name="offset">Where its record stands.</param>
    /// <param name="outcome">What it says.</param>
    /// <param name="value">Estimated profit as decided.</param>
    public static EarlierOutcome After(
        EarlierOutcome? before, long offset, BundleOutcome outcome, Lamports value) => new(
        offset,
        outcome,
        before is { HasTaught: true } || LearningEvidence.KindOf(outcome.Kind, outcome.Cause) is not null,
        before is { IsLoss: true } || LearningEvidence.IsLossSeen(outcome.Kind, outcome.Cause) is not null,
        before is { IsAveraged: true } || LearningEvidence.WinningFraction(outcome, value) is not null);
}
