using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Auctions;

public sealed class AuctionReferenceTests
{
    [Theory]
    [InlineData(9000)]
    [InlineData(20000)]
    public void The_bid_oracle_reaches_the_reference_counts(ulong seed) =>
        AuctionReference.AssertTotals("bid oracle", seed, () => new BidOracle());

    [Theory]
    [InlineData("fixed 0.60 standard", 0.60, Route.Standard, 9000)]
    [InlineData("fixed 0.70 fast", 0.70, Route.Fast, 9000)]
    [InlineData("fixed 0.75 fast", 0.75, Route.Fast, 9000)]
    [InlineData("fixed 0.90 fast", 0.90, Route.Fast, 9000)]
    [InlineData("fixed 0.60 standard", 0.60, Route.Standard, 20000)]
    [InlineData("fixed 0.70 fast", 0.70, Route.Fast, 20000)]
    [InlineData("fixed 0.75 fast", 0.75, Route.Fast, 20000)]
    [InlineData("fixed 0.90 fast", 0.90, Route.Fast, 20000)]
    public void Fixed_shares_reach_the_reference_counts(string name, double share, Route route, ulong seed) =>
        AuctionReference.AssertTotals(name, seed, () => new FixedShareBidder(share, route));

    [Theory]
    [InlineData(9000)]
    [InlineData(20000)]
    public void Epsilon_greedy_reaches_the_reference_counts(ulong seed) =>
        AuctionReference.AssertTotals("eps-greedy 0.05", seed, () => new EpsilonGreedyBidder(seed, 0.05));

    [Theory]
    [InlineData(9000)]
    [InlineData(20000)]
    public void Ucb_reaches_the_reference_counts(ulong seed) =>
        AuctionReference.AssertTotals("UCB1 0.35", seed, () => new UcbBidder(0.35));

    /// <summary>The law of the auction written down a second time; with a mistake its counts are others.</summary>
    [Theory]
    [InlineData(Mistake.None, true)]
    [InlineData(Mistake.OutbidBeforeValue, false)]
    [InlineData(Mistake.EarlierTickMustOutbid, false)]
    [InlineData(Mistake.NearlyEqualBidWins, false)]
    [InlineData(Mistake.NothingIsDropped, false)]
    [InlineData(Mistake.FeeForgotten, false)]
    public void A_mistake_in_the_auction_is_told_by_the_reference_counts(Mistake mistake, bool isRight) =>
        Assert.Equal(isRight, AuctionReference.AreCounts(
            "fixed 0.90 fast", 9000, new FixedShareBidder(0.90, Route.Fast),
            (chance, price, bid) => Settled(chance, price, bid, mistake)));

    public enum Mistake
    {
        None,
        OutbidBeforeValue,
        EarlierTickMustOutbid,
        NearlyEqualBidWins,
        NothingIsDropped,
        FeeForgotten,
    }

    private static AuctionOutcome Settled(
        ContestedChance chance, AuctionPrice price, AuctionBid bid, Mistake mistake)
    {
        var close = 50.0 * (1.0 - chance.TickPhase);
        var latency = chance.LatencyMs(bid.Route);
        var tick = latency <= close ? 0 : 1 + (int)((latency - close) / 50.0);
        var fee = mistake == Mistake.FeeForgotten ? 0.0 : 0.000005;
        var isWorthless = chance.ValueSol < bid.TipSol + fee;
        var isContested = tick == price.DecidingTick || mistake == Mistake.EarlierTickMustOutbid;
        var isOutbid = isContested
            && (mistake == Mistake.NearlyEqualBidWins ? 0.98 * price.BestBidSol : price.BestBidSol) >= bid.TipSol;
        var isDropped = chance.SurvivalDraw >= chance.Survival && mistake != Mistake.NothingIsDropped;
        var kind = tick > price.DecidingTick ? LearningEventKind.Late
            : isWorthless && !(isOutbid && mistake == Mistake.OutbidBeforeValue) ? LearningEventKind.ValueGuard
            : isOutbid ? LearningEventKind.Outbid
            : isDropped ? LearningEventKind.Dropped
            : LearningEventKind.Landed;
        var gain = kind == LearningEventKind.Landed ? chance.ValueSol - bid.TipSol - 0.000005 : 0.0;
        return new AuctionOutcome(kind, gain - (bid.Route == Route.Fast ? 0.0001 : 0.0));
    }

    [Theory]
    [InlineData("factored", 9000)]
    [InlineData("factored", 20000)]
    [InlineData("factored, relative dual 0.69", 9000)]
    [InlineData("factored, relative dual 0.69", 20000)]
    public void The_sampler_reaches_the_reference_counts(string name, ulong seed)
    {
        var terms = (name == "factored" ? FactoredTerms.Profit : FactoredTerms.Floor) with { CalibrationShare = 0.0 };
        AuctionReference.AssertTotals(name, seed, () => new SamplerBidder(seed, new FactoredSampler(terms)));
    }
}
