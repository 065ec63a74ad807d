using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Domain.Learning;

/// <summary>
/// Which outcomes are evidence, and for what. Everything not listed here is never fed: unknown outcomes, missing
/// leaders, rate limits, faults of ours or of the engine, and losses whose cause nobody observed.
/// </summary>
public static class LearningEvidence
{
    /// <summary>The event that an outcome is, or null when it may not be fed.</summary>
    public static LearningEventKind? KindOf(BundleOutcomeKind outcome, OutcomeCause cause) => (outcome, cause) switch
    {
        (BundleOutcomeKind.Landed, OutcomeCause.Landed) => LearningEventKind.Landed,
        (BundleOutcomeKind.Landed, OutcomeCause.Unbundled) => LearningEventKind.Landed,
        (BundleOutcomeKind.Refused, OutcomeCause.Outbid) => LearningEventKind.Outbid,
        (BundleOutcomeKind.Refused, OutcomeCause.Late) => LearningEventKind.Late,
        (BundleOutcomeKind.Refused, OutcomeCause.ValueGuard) => LearningEventKind.ValueGuard,
        (BundleOutcomeKind.Expired, OutcomeCause.Outbid) => LearningEventKind.Outbid,
        (BundleOutcomeKind.Expired, OutcomeCause.Late) => LearningEventKind.Late,
        (BundleOutcomeKind.Expired, OutcomeCause.Dropped) => LearningEventKind.Dropped,
        _ => null,
    };

    /// <summary>
    /// Whether the cause of a loss was seen, for <see cref="EvidenceWindow"/>; null when it is no loss that took part
    /// in an auction: a landing, a missing outcome, a bundle that never came that far.
    /// </summary>
    public static bool? IsLossSeen(BundleOutcomeKind outcome, OutcomeCause cause)
    {
        if (outcome is not (BundleOutcomeKind.Refused or BundleOutcomeKind.Expired)) return null;
        if (KindOf(outcome, cause) is not null) return true;
        return CompetitorViews.IsAway(cause) ? null : false;
    }

    /// <summary>
    /// The winning fraction that an outcome shows: the winner's tip over the estimated profit, or our own over the
    /// realised value of a landing; null when it shows none.
    /// </summary>
    /// <param name="outcome">What was observed.</param>
    /// <param name="value">Estimated profit as decided.</param>
    public static double? WinningFraction(BundleOutcome outcome, Lamports value)
    {
        if (outcome.Kind == BundleOutcomeKind.Landed)
            return Fraction(outcome.TipPaid, outcome.Realised);
        return outcome.WinnerTip is { } winner && outcome.Kind != BundleOutcomeKind.Unknown
            ? Fraction(winner, value)
            : null;
    }

    private static double? Fraction(Lamports tip, Lamports value) =>
        tip > Lamports.Zero && value > Lamports.Zero ? tip.Value / (double)value.Value : null;

    /// <summary>
    /// The event of a submitted decision's outcome, timed by its observation; false when it may not be fed.
    /// </summary>
    /// <param name="outcome">What was observed.</param>
    /// <param name="arm">Index of the arm that the decision played.</param>
    /// <param name="context">What the decision knew, from its record.</param>
    /// <param name="evidence">The event.</param>
    public static bool TryRead(BundleOutcome outcome, int arm, in ChoiceContext context, out LearningEvent evidence)
    {
        evidence = default;
        if (KindOf(outcome.Kind, outcome.Cause) is not { } kind || context.Value <= Lamports.Zero) return false;
        var value = (double)context.Value.Value;
        evidence = new LearningEvent
        {
            Kind = kind,
            Arm = arm,
            Context = context,
            AtMs = outcome.ObservedMs,
            WinnerFraction = outcome.WinnerTip is { } tip && tip > Lamports.Zero ? tip.Value / value : null,
            LnValueRatio = kind == LearningEventKind.Landed && outcome.Realised > Lamports.Zero
                ? DetMath.Ln(outcome.Realised.Value / value)
                : null,
        };
        return true;
    }
}
