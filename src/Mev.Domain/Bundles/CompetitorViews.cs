using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>Reads the competitor view of a loss from its outcome: a pure function of what was observed.</summary>
public static class CompetitorViews
{
    /// <summary>The view of an outcome.</summary>
    /// <param name="outcome">What became of our bundle.</param>
    /// <param name="tip">What it would have paid.</param>
    public static CompetitorView Of(BundleOutcome outcome, Lamports tip)
    {
        if (outcome.Kind is not (BundleOutcomeKind.Refused or BundleOutcomeKind.Expired)) return CompetitorView.Unknown;
        if (outcome.Winner is not { } winner) return CompetitorView.Unseen;
        if (IsAway(outcome.Cause)) return CompetitorView.Missed;
        if (winner.IsAhead) return CompetitorView.Ahead;
        return winner.Bid >= tip ? CompetitorView.Behind : CompetitorView.Unknown;
    }

    /// <summary>By that cause a bundle never came to an auction.</summary>
    public static bool IsAway(OutcomeCause cause) => cause is OutcomeCause.NotSent
        or OutcomeCause.NotSigned or OutcomeCause.RateLimited or OutcomeCause.NoLeader or OutcomeCause.Malformed
        or OutcomeCause.BlockhashExpired or OutcomeCause.Unauthorised or OutcomeCause.NoTurn;
}
