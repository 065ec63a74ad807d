using Mev.Domain.Learning;

namespace Mev.Domain.Auctions;

/// <summary>What a bidder reached over a run of opportunities. Tallies add up.</summary>
public sealed record AuctionTally
{
    /// <summary>Nothing offered yet.</summary>
    public static AuctionTally Empty { get; } = new();

    /// <summary>Opportunities offered.</summary>
    public int Offered { get; init; }

    /// <summary>Bids that landed.</summary>
    public int Landed { get; init; }

    /// <summary>Bids that were outbid.</summary>
    public int Outbid { get; init; }

    /// <summary>Bids that came in a later tick than the deciding one.</summary>
    public int Late { get; init; }

    /// <summary>Bids that won and were then lost.</summary>
    public int Dropped { get; init; }

    /// <summary>Bids above the true value.</summary>
    public int ValueGuard { get; init; }

    /// <summary>Opportunities without a bid.</summary>
    public int Skipped { get; init; }

    /// <summary>Profit after tips, fees and route costs, SOL.</summary>
    public double ProfitSol { get; init; }

    /// <summary>Sum of profit over value: every opportunity weighs the same.</summary>
    public double Normalised { get; init; }

    /// <summary>Tips paid, SOL.</summary>
    public double TipsSol { get; init; }

    /// <summary>Value of all that was offered, SOL.</summary>
    public double OfferedSol { get; init; }

    /// <summary>Value of what landed, SOL.</summary>
    public double LandedSol { get; init; }

    /// <summary>Bids made.</summary>
    public int Submitted => Offered - Skipped;

    /// <summary>Landed of all offered: a skip never raises it.</summary>
    public double LandRate => Ratio(Landed, Offered);

    /// <summary>Landed value of all offered value.</summary>
    public double ValueLandRate => Ratio(LandedSol, OfferedSol);

    /// <summary>Submitted of all offered.</summary>
    public double Coverage => Ratio(Submitted, Offered);

    /// <summary>Tips over the value that landed.</summary>
    public double TipShare => Ratio(TipsSol, LandedSol);

    /// <summary>Both tallies together.</summary>
    public static AuctionTally operator +(AuctionTally left, AuctionTally right) => new()
    {
        Offered = left.Offered + right.Offered,
        Landed = left.Landed + right.Landed,
        Outbid = left.Outbid + right.Outbid,
        Late = left.Late + right.Late,
        Dropped = left.Dropped + right.Dropped,
        ValueGuard = left.ValueGuard + right.ValueGuard,
        Skipped = left.Skipped + right.Skipped,
        ProfitSol = left.ProfitSol + right.ProfitSol,
        Normalised = left.Normalised + right.Normalised,
        TipsSol = left.TipsSol + right.TipsSol,
        OfferedSol = left.OfferedSol + right.OfferedSol,
        LandedSol = left.LandedSol + right.LandedSol,
    };

    /// <summary>The tally of one opportunity.</summary>
    public static AuctionTally Of(ContestedChance chance, AuctionBid bid, AuctionOutcome outcome) => new()
    {
        Offered = 1,
        Landed = One(outcome, LearningEventKind.Landed),
        Outbid = One(outcome, LearningEventKind.Outbid),
        Late = One(outcome, LearningEventKind.Late),
        Dropped = One(outcome, LearningEventKind.Dropped),
        ValueGuard = One(outcome, LearningEventKind.ValueGuard),
        Skipped = One(outcome, LearningEventKind.Skipped),
        ProfitSol = outcome.ProfitSol,
        Normalised = outcome.ProfitSol / chance.ValueSol,
        TipsSol = outcome.IsLanded ? bid.TipSol : 0.0,
        OfferedSol = chance.ValueSol,
        LandedSol = outcome.IsLanded ? chance.ValueSol : 0.0,
    };

    private static int One(AuctionOutcome outcome, LearningEventKind kind) => outcome.Kind == kind ? 1 : 0;

    private static double Ratio(double part, double whole) => whole > 0.0 ? part / whole : 0.0;
}
