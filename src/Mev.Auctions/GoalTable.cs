using System.Globalization;
using Mev.Domain.Auctions;
using Mev.Domain.Bundles;

namespace Mev.Auctions;

/// <summary>The acceptance goals as lines, from the results of a run.</summary>
public static class GoalTable
{
    /// <summary>Name of the market whose level does not move.</summary>
    public const string Base = "base";

    private const string Limit = Contender.DistributionOracleName;
    private const string Factored = Contender.FactoredName;
    private const string Floor = Contender.FloorName;

    private const double NoneSeen = 1.0; // the error of bids that there were none of: what is not shown is missed

    private static readonly Contender[] FixedShares =
    [
        .. Enumerable.Range(6, 14).SelectMany(twentieths => new[] { Route.Standard, Route.Fast }
            .Select(route => Contender.Fixed(twentieths / 20.0, route))),
    ];

    private static IEnumerable<GainBound> Peers =>
        GoalBounds.Gains.Where(gain => gain.Peer != GoalBounds.BestFixedShare);

    /// <summary>Everything that plays the unshifted market over the whole horizon.</summary>
    public static IReadOnlyList<Contender> Contenders { get; } =
    [
        Contender.Of(Contender.BidOracleName), Contender.Of(Limit), Contender.Of(Factored), Contender.Of(Floor),
        .. Peers.Select(peer => Contender.Of(peer.Peer)), Contender.Of("logistic-refit"), .. FixedShares,
    ];

    /// <summary>Name of the market whose level moves by that at half time.</summary>
    public static string Shifted(double by) => string.Create(CultureInfo.InvariantCulture, $"shift {by:+0.00;-0.00}");

    /// <summary>G1: the floor, in the mean and in the worst seeds, by count and by value, at a price.</summary>
    public static IEnumerable<Goal> First(Scoreboard board)
    {
        foreach (var goal in FloorOf(board, Floor)) yield return goal;
        var allFive = FixedShares.Count(share => FloorOf(board, share.Name).All(goal => goal.IsMet));
        yield return GoalBounds.FixedShares.Of(allFive);
    }

    /// <summary>G2: near the limit of information, and ahead of every peer.</summary>
    public static IEnumerable<Goal> Second(Scoreboard board)
    {
        var best = FixedShares.MaxBy(share => board.Norm(Base, share.Name).Mean)!.Name;
        return
        [
            .. NearLimit(board, GoalBounds.Limit, Base, Factored, part: null),
            .. GoalBounds.Gains.SelectMany(gain =>
                Ahead(board, gain, gain.Peer == GoalBounds.BestFixedShare ? best : gain.Peer)),
        ];
    }

    /// <summary>G3: the second half, after the rivals' level moved.</summary>
    public static IEnumerable<Goal> Third(Scoreboard board) =>
        new[] { 0.25, -0.25 }.Select(Shifted).SelectMany(market =>
            NearLimit(board, GoalBounds.Shifted(market), market, Factored, Half));

    /// <summary>G4: the first 500 opportunities from a prior that is wrong.</summary>
    public static IEnumerable<Goal> Fourth(Scoreboard board) =>
        new[] { -0.3, 0.0, 0.3 }.Select(by => Contender.Displaced(by).Name).SelectMany(name =>
            NearLimit(board, GoalBounds.Start(name), Base, name, Start));

    /// <summary>G5: speed of the sampler here, and whether its probabilities come true.</summary>
    public static IEnumerable<Goal> Fifth(Scoreboard board, DecisionClock clock) =>
        [.. Speed(clock), .. Calibration(board)];

    /// <summary>G5, as far as it is the clock's: the median is asked of the sampler alone.</summary>
    public static IEnumerable<Goal> Speed(DecisionClock clock)
    {
        if (!clock.HasModel) yield return GoalBounds.Median.Of(clock.MedianUs);
        yield return GoalBounds.P99(clock.HasModel).Of(clock.P99Us);
        yield return GoalBounds.Allocated(clock.HasModel).Of(clock.Bytes);
    }

    private static IEnumerable<Goal> Calibration(Scoreboard board)
    {
        yield return Calibrated(board, "", calibration => calibration.Error());
        // A seed has few bids in a rare regime, and few bids stray: so its seeds are taken together.
        var pooled = LandingCalibration.Of(board.Of(Base, Factored).Select(result => result.Calibration));
        foreach (var regime in (MarketRegime[])[MarketRegime.Calm, MarketRegime.Normal, MarketRegime.War])
        {
            yield return GoalBounds.Calibrated($", hidden regime {regime}, seeds pooled")
                .Of(pooled.ErrorIn(regime) ?? NoneSeen);
        }
        for (var band = 0; band < LandingCalibration.BandsCount; band++)
        {
            var of = band;
            yield return Calibrated(board, $", congestion band {of}", calibration => calibration.ErrorInBand(of));
        }
    }

    /// <summary>In the mean over seeds; a seed without a bid of that kind has no error.</summary>
    private static Goal Calibrated(Scoreboard board, string of, Func<LandingCalibration, double?> error)
    {
        var errors = board.Of(Base, Factored).Select(result => error(result.Calibration)).OfType<double>();
        var mean = errors.DefaultIfEmpty(NoneSeen).Average();
        return GoalBounds.Calibrated(of).Of(mean);
    }

    private static IEnumerable<Goal> FloorOf(Scoreboard board, string name)
    {
        var landed = board.Figure(Base, name, tally => 100.0 * tally.LandRate);
        yield return GoalBounds.Landed.Of(landed.Mean);
        yield return GoalBounds.LandedLowTenth.Of(landed.LowTenth);
        var byValue = board.Figure(Base, name, tally => 100.0 * tally.ValueLandRate);
        yield return GoalBounds.LandedByValue.Of(byValue.Mean);
        yield return GoalBounds.FloorProfit.Of(OfLimit(board.Raw, Base, name, part: null));
        yield return GoalBounds.Coverage.Of(board.Figure(Base, name, tally => 100.0 * tally.Coverage).Mean);
    }

    /// <summary>The sampler against one peer.</summary>
    private static IEnumerable<Goal> Ahead(Scoreboard board, GainBound gain, string peer) =>
    [
        .. Ahead(gain.Norm, board.Norm(Base, Factored), board.Norm(Base, peer)),
        .. gain.IsRawToo ? Ahead(gain.Raw, board.Raw(Base, Factored), board.Raw(Base, peer)) : [],
    ];

    private static Goal[] Ahead((GoalBound Gain, GoalBound From) asked, SeedFigures mine, SeedFigures theirs) =>
    [
        asked.Gain.Of(Percent(mine.Mean, theirs.Mean) - 100.0), asked.From.Of(100.0 * mine.Minus(theirs).Low95),
    ];

    /// <summary>Raw and norm profit against the limit of information.</summary>
    private static IEnumerable<Goal> NearLimit(
        Scoreboard board, LimitBound asked, string market, string name, Func<AuctionResult, AuctionTally>? part) =>
    [
        asked.Raw.Of(OfLimit(board.Raw, market, name, part)), asked.Norm.Of(OfLimit(board.Norm, market, name, part)),
    ];

    private static double OfLimit(
        Func<string, string, Func<AuctionResult, AuctionTally>?, SeedFigures> figure, string market, string name,
        Func<AuctionResult, AuctionTally>? part) =>
        Percent(figure(market, name, part).Mean, figure(market, Limit, part).Mean);

    private static double Percent(double part, double whole) => 100.0 * part / whole;

    private static AuctionTally Half(AuctionResult result) => result.SecondHalf;

    private static AuctionTally Start(AuctionResult result) => result.FirstBlock;
}
