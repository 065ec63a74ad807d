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
