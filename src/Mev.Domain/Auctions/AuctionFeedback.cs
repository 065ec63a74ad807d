using Mev.Domain.Learning;

namespace Mev.Domain.Auctions;

/// <summary>What a bidder hears of its decision, when it hears of it.</summary>
public sealed record AuctionFeedback
{
    /// <summary>What it was shown.</summary>
    public required AuctionView View { get; init; }

    /// <summary>What it did.</summary>
    public required AuctionBid Bid { get; init; }

    /// <summary>What became of it.</summary>
    public required AuctionOutcome Outcome { get; init; }

    /// <summary>The winner's tip over our seen value; null when the winner was not seen.</summary>
    public required double? WinnerFraction { get; init; }

    /// <summary>When the feedback is due, seconds since the start.</summary>
    public required double DueSeconds { get; init; }

    /// <summary>The due time in whole milliseconds.</summary>
    public long AtMs => (long)(DueSeconds * 1000.0);

    /// <summary>Realised profit over the seen value.</summary>
    public double Reward => Outcome.ProfitSol / View.Chance.SeenValueSol;

    /// <summary>Logarithm of true over seen value, known of a landing.</summary>
    public double? LnValueRatio => Outcome.Kind == LearningEventKind.Landed
        ? DetMath.Ln(View.Chance.ValueSol / View.Chance.SeenValueSol)
        : null;
}
