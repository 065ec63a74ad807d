using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Auctions;

/// <summary>The peers that goals compare with are what they are said to be: a weak rival proves nothing.</summary>
public sealed class RivalBiddersTests
{
    private const int OutcomesOfRefit = 200;
    private const int Arm = 10; // a share of 0.30

    [Fact]
    public void The_refit_plays_any_bid_one_time_in_twenty_and_else_the_best()
    {
        var deaf = new Deaf(new LogisticRefitBidder(9, isOneSided: false));
        new AuctionRun(9, new AuctionTerms(), deaf).Play(4_000);
        Assert.InRange(deaf.Others / 4_000.0, 0.035, 0.065); // 0.0493 with an error of 0.0034
    }

    [Fact]
    public void One_sided_rows_say_that_a_bid_above_the_seen_winner_would_have_landed_and_one_below_not()
    {
        var (bidder, view) = Fitted(isOneSided: true, LearningEventKind.Outbid, winner: 0.55);
        Assert.InRange(bidder.Landing(view, 0.40, Route.Fast), 0.0, 0.2);
        Assert.InRange(bidder.Landing(view, 0.70, Route.Fast), 0.8, 1.0);
        var (plain, same) = Fitted(isOneSided: false, LearningEventKind.Outbid, winner: 0.55);
        Assert.InRange(plain.Landing(same, 0.70, Route.Fast), 0.0, 0.2);
    }

    [Theory]
    [InlineData(LearningEventKind.Late, 0.0, 0.05)]
    [InlineData(LearningEventKind.Dropped, 0.0, 0.05)]
    [InlineData(LearningEventKind.ValueGuard, 0.0, 0.05)]
    [InlineData(LearningEventKind.Landed, 0.95, 1.0)]
    public void One_sided_rows_repeat_what_no_tip_would_have_changed(LearningEventKind kind, double least, double most)
    {
        var (bidder, view) = Fitted(isOneSided: true, kind, winner: 0.55);
        Assert.InRange(bidder.Landing(view, 0.70, Route.Fast), least, most);
    }

    [Fact]
    public void A_discounted_count_keeps_9998_of_10000_with_every_outcome_of_its_bin()
    {
        var bidder = new DiscountedBetaBidder(9, isBinned: false);
        var view = View();
        bidder.Learn(Heard(view, LearningEventKind.Landed, null));
        for (var i = 0; i < 1_000; i++) bidder.Learn(Heard(view, LearningEventKind.Outbid, null));
        var belief = bidder.BeliefOf(0, Arm);
        Assert.Equal(1.0 + Math.Pow(0.9998, 1_000), belief.Alpha, 1e-9);
        Assert.Equal(1.0 + (1.0 - Math.Pow(0.9998, 1_000)) / 0.0002, belief.Beta, 1e-6);
    }

    private static (LogisticRefitBidder Bidder, AuctionView View) Fitted(
        bool isOneSided, LearningEventKind kind, double? winner)
    {
        var bidder = new LogisticRefitBidder(9, isOneSided);
        var view = View();
        for (var i = 0; i < OutcomesOfRefit; i++)
        {
            var other = view with { Chance = view.Chance with { Id = i } }; // another random higher share
            bidder.Learn(Heard(other, kind, winner));
        }
        return (bidder, view);
    }

    private static AuctionFeedback Heard(in AuctionView view, LearningEventKind kind, double? winner) => new()
    {
        View = view,
        Bid = AuctionBid.OfShare(0.30, Route.Fast, view.Chance.SeenValueSol, Arm),
        Outcome = new AuctionOutcome(kind, 0.0),
        WinnerFraction = winner,
        DueSeconds = 1.0,
    };

    private static AuctionView View()
    {
        var deaf = new Deaf(new FixedShareBidder(0.3, Route.Fast));
        new AuctionRun(9, new AuctionTerms(), deaf).Play(1);
        return deaf.Last;
    }

    /// <summary>Never lets its bidder learn, and counts what is not the best bid by the prior.</summary>
    private sealed class Deaf(IBidder bidder) : IBidder
    {
        private static readonly double[] Prior = LogisticThompsonBidder.PriorMean();

        public int Others { get; private set; }

        public AuctionView Last { get; private set; }

        public AuctionBid Decide(in AuctionView view)
        {
            Last = view;
            var bid = bidder.Decide(view);
            if (bid != LogisticFeatures.Best(Prior, view, double.NegativeInfinity)) Others++;
            return bid;
        }

        public void Learn(AuctionFeedback feedback)
        {
        }
    }
}
