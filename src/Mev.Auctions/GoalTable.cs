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

    private static readonly Contender[] FixedShares =
    [
        .. Enumerable.Range(6, 14).SelectMany(twentieths => new[] { Route.Standard, Route.Fast }
            .Select(route => Contender.Fixed(twentieths / 20.0, route))),
    ];

    /// <summary>Rivals to beat, and the relative gain in norm that is asked for, %.</summary>
    private static readonly (string Name, double Gain, bool IsRawToo)[] Peers =
    [
        ("beta-ts", 8.0, false), ("epsilon-greedy-0.05", 10.0, false), ("ucb-0.35", 20.0, false),
        ("logistic-ts", 2.0, true), ("logistic-refit-one-sided", 4.0, true),
    ];

    /// <summary>Everything that plays the unshifted market over the whole horizon.</summary>
    public static IReadOnlyList<Contender> Contenders { get; } =
    [
        Contender.Of(Contender.BidOracleName), Contender.Of(Limit), Contender.Of(Factored), Contender.Of(Floor),
        .. Peers.Select(peer => Contender.Of(peer.Name)), Contender.Of("logistic-refit"), .. FixedShares,
    ];

    /// <summary>Name of the market whose level moves by that at half time.</summary>
    public static string Shifted(double by) => string.Create(CultureInfo.InvariantCulture, $"shift {by:+0.00;-0.00}");

    /// <summary>G1: the floor, in the mean and in the worst seeds, by count and by value, at a price.</summary>
    public static IEnumerable<Goal> First(Scoreboard board)
    {
        foreach (var goal in FloorOf(board, Floor)) yield return goal;
        var allFive = FixedShares.Count(share => FloorOf(board, share.Name).All(goal => goal.IsMet));
        yield return new Goal("G1", "fixed shares that meet all five as well", allFive, 0.0, IsMost: true);
    }

    /// <summary>G2: near the limit of information, and ahead of every peer.</summary>
    public static IEnumerable<Goal> Second(Scoreboard board)
    {
        foreach (var goal in NearLimit(board, "G2", Base, Factored, part: null, kind => $"{kind} profit", 95.0))
            yield return goal;
        var best = FixedShares.MaxBy(share => board.Norm(Base, share.Name).Mean)!.Name;
        foreach (var goal in Ahead(board, best, 5.0, isRawToo: false)) yield return goal;
        foreach (var peer in Peers)
            foreach (var goal in Ahead(board, peer.Name, peer.Gain, peer.IsRawToo)) yield return goal;
    }

    /// <summary>G3: the second half, after the rivals' level moved.</summary>
    public static IEnumerable<Goal> Third(Scoreboard board)
    {
        foreach (var by in (double[])[0.25, -0.25])
        {
            var market = Shifted(by);
            foreach (var goal in NearLimit(board, "G3", market, Factored, Half, kind => $"{market}: {kind}", 90.0))
                yield return goal;
        }
    }

    /// <summary>G4: the first 500 opportunities from a prior that is wrong.</summary>
    public static IEnumerable<Goal> Fourth(Scoreboard board)
    {
        foreach (var by in (double[])[-0.3, 0.0, 0.3])
        {
            var name = Contender.Displaced(by).Name;
            foreach (var goal in NearLimit(
                board, "G4", Base, name, Start, kind => $"{name}: {kind} of the first 500", 88.0))
            {
                yield return goal;
            }
        }
    }

    /// <summary>G5: speed of the sampler here, and whether its probabilities come true.</summary>
    public static IEnumerable<Goal> Fifth(Scoreboard board, DecisionClock clock) =>
        [.. Speed(clock), .. Calibration(board)];

    /// <summary>G5, as far as it is the clock's: the median is asked of the sampler alone.</summary>
    public static IEnumerable<Goal> Speed(DecisionClock clock)
    {
        var of = clock.HasModel ? "with the model" : "no model loaded";
        if (!clock.HasModel)
            yield return new Goal("G5", $"decision p50, us, {of}", clock.MedianUs, 10.0, IsMost: true);
        yield return new Goal("G5", $"decision p99, us, {of}", clock.P99Us, 100.0, IsMost: true);
        yield return new Goal("G5", $"bytes allocated by a decision, {of}", clock.Bytes, 0.0, IsMost: true);
    }

    private static IEnumerable<Goal> Calibration(Scoreboard board)
    {
        yield return Calibrated(board, "", calibration => calibration.Error());
        // A seed has few bids in a rare regime, and few bids stray: so its seeds are taken together.
        var pooled = LandingCalibration.Of(board.Of(Base, Factored).Select(result => result.Calibration));
        foreach (var regime in (MarketRegime[])[MarketRegime.Calm, MarketRegime.Normal, MarketRegime.War])
        {
            if (pooled.ErrorIn(regime) is not { } error) continue;
            var what = $"calibration error of P(landed), hidden regime {regime}, seeds pooled";
            yield return new Goal("G5", what, error, 0.03, IsMost: true);
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
        var mean = errors.DefaultIfEmpty(1.0).Average();
        return new Goal("G5", $"calibration error of P(landed){of}", mean, 0.03, IsMost: true);
    }

    private static IEnumerable<Goal> FloorOf(Scoreboard board, string name)
    {
        var landed = board.Figure(Base, name, tally => 100.0 * tally.LandRate);
        yield return new Goal("G1", "landed/offered, mean, %", landed.Mean, 65.0);
        yield return new Goal("G1", "landed/offered, 10th percentile of seeds, %", landed.LowTenth, 60.0);
        var byValue = board.Figure(Base, name, tally => 100.0 * tally.ValueLandRate);
        yield return new Goal("G1", "landed/offered by value, %", byValue.Mean, 62.0);
        var raw = OfLimit(board.Raw, Base, name, part: null);
        yield return new Goal("G1", "raw profit, % of the distribution oracle", raw, 88.0);
        yield return new Goal(
            "G1", "coverage, %", board.Figure(Base, name, tally => 100.0 * tally.Coverage).Mean, 95.0);
    }

    private static IEnumerable<Goal> Ahead(Scoreboard board, string peer, double gain, bool isRawToo)
    {
        var (mine, theirs) = (board.Norm(Base, Factored), board.Norm(Base, peer));
        yield return new Goal("G2", $"norm gain over {peer}, %", Percent(mine.Mean, theirs.Mean) - 100.0, gain);
        yield return new Goal("G2", $"its paired 95 % interval from, points", 100.0 * mine.Minus(theirs).Low95, 0.0);
        if (!isRawToo) yield break;
        (mine, theirs) = (board.Raw(Base, Factored), board.Raw(Base, peer));
        yield return new Goal("G2", $"raw gain over {peer}, %", Percent(mine.Mean, theirs.Mean) - 100.0, gain);
        yield return new Goal("G2", $"its paired 95 % interval from, points", 100.0 * mine.Minus(theirs).Low95, 0.0);
    }

    /// <summary>Raw and norm profit against the limit of information.</summary>
    private static IEnumerable<Goal> NearLimit(
        Scoreboard board, string goal, string market, string name, Func<AuctionResult, AuctionTally>? part,
        Func<string, string> what, double bound)
    {
        const string Of = "% of the distribution oracle";
        yield return new Goal(goal, $"{what("raw")}, {Of}", OfLimit(board.Raw, market, name, part), bound);
        yield return new Goal(goal, $"{what("norm")}, {Of}", OfLimit(board.Norm, market, name, part), bound);
    }

    private static double OfLimit(
        Func<string, string, Func<AuctionResult, AuctionTally>?, SeedFigures> figure, string market, string name,
        Func<AuctionResult, AuctionTally>? part) =>
        Percent(figure(market, name, part).Mean, figure(market, Limit, part).Mean);

    private static double Percent(double part, double whole) => 100.0 * part / whole;

    private static AuctionTally Half(AuctionResult result) => result.SecondHalf;

    private static AuctionTally Start(AuctionResult result) => result.FirstBlock;
}
