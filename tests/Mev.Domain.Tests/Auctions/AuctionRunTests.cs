using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Auctions;

public sealed class AuctionRunTests
{
    [Fact]
    public void Half_of_the_fixed_shares_land_less_than_about_a_third()
    {
        var rates = new List<double>();
        for (var step = 6; step <= 18; step++)
        {
            foreach (var route in (Route[])[Route.Standard, Route.Fast])
            {
                rates.Add(Enumerable.Range(100, 3).Average(seed =>
                    Played((ulong)seed, 2_000, new FixedShareBidder(step * 0.05, route)).LandRate));
            }
        }
        rates.Sort();
        Assert.InRange((rates[12] + rates[13]) / 2.0, 0.31, 0.38);
    }

    [Fact]
    public void Skipping_the_hardest_half_lands_less_of_what_is_offered()
    {
        var all = Played(7, 4_000, new FixedShareBidder(0.75, Route.Fast));
        var half = Played(7, 4_000, new Choosy(new FixedShareBidder(0.75, Route.Fast)));
        Assert.InRange(half.Coverage, 0.3, 0.7);
        Assert.True(half.Landed / (double)half.Submitted > all.Landed / (double)all.Submitted);
        Assert.True(half.LandRate < all.LandRate - 0.2);
    }

    [Fact]
    public void A_share_of_95_percent_lands_often_and_earns_little()
    {
        var tip = Played(20_000, 6_000, new FixedShareBidder(0.95, Route.Fast));
        var oracle = Played(20_000, 6_000, new BidOracle());
        Assert.InRange(tip.LandRate, 0.54, 0.64);
        Assert.InRange(tip.ProfitSol / oracle.ProfitSol, 0.11, 0.19);
        Assert.InRange(tip.TipShare, 0.88, 0.94);
    }

    [Fact]
    public void Every_bidder_meets_the_same_opportunities_and_a_run_repeats()
    {
        var first = Played(3, 700, new FixedShareBidder(0.6, Route.Fast));
        Assert.Equal(first, Played(3, 700, new FixedShareBidder(0.6, Route.Fast)));
        Assert.Equal(first.OfferedSol, Played(3, 700, new BidOracle()).OfferedSol);
        Assert.NotEqual(first, Played(4, 700, new FixedShareBidder(0.6, Route.Fast)));
    }

    [Fact]
    public void Blocks_add_up_to_what_was_played()
    {
        var run = new AuctionRun(3, new AuctionTerms(), new FixedShareBidder(0.6, Route.Fast));
        var total = run.Play(700) + run.Play(400);
        Assert.Equal([500, 500, 100], run.Blocks.Select(block => block.Offered));
        Assert.Equal(total.Landed, run.Blocks.Sum(block => block.Landed));
    }

    [Fact]
    public void Nothing_is_heard_before_it_is_due_and_some_of_it_never()
    {
        var listener = new Listener();
        Played(5, 3_000, listener);
        Assert.InRange(listener.Heard, 2_800, 2_950); // 3 % never arrive, and the last are still out
        Assert.True(listener.Dropped > 0);
        Assert.Equal((0, 0), (listener.TooEarly, listener.TooLate));
        Assert.InRange(listener.Seen / (double)listener.Losses, 0.77, 0.83);
    }

    [Fact]
    public void Rivals_that_bid_more_land_us_less_and_late_feedback_is_waited_for()
    {
        var terms = new AuctionTerms { LevelShift = 0.25, ShiftFrom = 1_000 };
        var run = new AuctionRun(3, terms, new FixedShareBidder(0.7, Route.Fast));
        var (before, after) = (run.Play(1_000), run.Play(1_000));
        Assert.True(after.LandRate < before.LandRate - 0.1);
        var slow = new Listener();
        new AuctionRun(5, new AuctionTerms { DelayFactor = 60.0 }, slow).Play(500);
        Assert.True(slow.Heard < 480);
    }

    [Fact]
    public void Calibration_is_the_mean_distance_of_what_was_said_from_what_happened()
    {
        var calibration = new LandingCalibration();
        Assert.Null(calibration.Error());
        var landed = new AuctionOutcome(LearningEventKind.Landed, 1.0);
        var lost = new AuctionOutcome(LearningEventKind.Outbid, 0.0);
        for (var i = 0; i < 8; i++)
        {
            var outcome = i < 6 ? landed : lost;
            calibration.Add(MarketRegime.War, -1.0, new AuctionBid(Route.Fast, 0.5, 1.0, 0, 0.5), outcome);
        }
        calibration.Add(MarketRegime.Calm, 0.6, new AuctionBid(Route.Fast, 0.5, 1.0, 0, 0.1), lost);
        calibration.Add(MarketRegime.Calm, -1.0, new AuctionBid(Route.Fast, 0.5, 1.0, 0, 0.5), landed);
        Assert.Equal((7.0 - 4.5) / 9.0, calibration.ErrorInBand(0)!.Value, 1e-12);
        Assert.Equal(0.25, calibration.ErrorIn(MarketRegime.War)!.Value, 1e-12);
        Assert.Equal((0.5 + 0.1) / 2.0, calibration.ErrorIn(MarketRegime.Calm)!.Value, 1e-12);
        Assert.Equal((2.5 + 0.1) / 10.0, calibration.Error()!.Value, 1e-12);
        Assert.Null(calibration.ErrorInBand(1));
        Assert.Null(calibration.ErrorIn(MarketRegime.Normal));
    }

    private static AuctionTally Played(ulong seed, int count, IBidder bidder) =>
        new AuctionRun(seed, new AuctionTerms(), bidder).Play(count);

    /// <summary>Leaves out the contested half: large opportunities draw more rivals.</summary>
    private sealed class Choosy(IBidder bidder) : IBidder
    {
        public AuctionBid Decide(in AuctionView view) =>
            view.Chance.SeenValueSol > 0.008 ? AuctionBid.Skip : bidder.Decide(view);

        public void Learn(AuctionFeedback feedback) => bidder.Learn(feedback);
    }

    private sealed class Listener : IBidder
    {
        private double _now;
        private double _latestDue;

        public int Heard { get; private set; }

        public int Dropped { get; private set; }

        public int TooEarly { get; private set; }

        public int TooLate { get; private set; }

        public int Losses { get; private set; }

        public int Seen { get; private set; }

        public AuctionBid Decide(in AuctionView view)
        {
            _now = view.Chance.AtSeconds;
            if (_latestDue > _now) TooEarly++;
            return AuctionBid.OfShare(0.6, Route.Fast, view.Chance.SeenValueSol, 0);
        }

        public void Learn(AuctionFeedback feedback)
        {
            Heard++;
            if (feedback.DueSeconds <= _now) TooLate++;
            _latestDue = Math.Max(_latestDue, feedback.DueSeconds);
            if (feedback.Outcome.Kind == LearningEventKind.Dropped) Dropped++;
            if (feedback.Outcome.Kind != LearningEventKind.Outbid) return;
            Losses++;
            if (feedback.WinnerFraction is not null) Seen++;
        }
    }
}
