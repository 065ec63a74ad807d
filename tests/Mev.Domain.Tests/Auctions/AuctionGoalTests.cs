using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Auctions;

/// <summary>
/// The goals of <c>mevctl auction --goals</c> in short: 4 seeds of 3,000 opportunities, in bands of three standard
/// errors around what 40 other seeds gave. A simulator with assumed rivals: no figure here forecasts mainnet.
/// </summary>
public sealed class AuctionGoalTests
{
    private const int Horizon = 3_000;
    private const double BandWidth = 9.95; // 3 * sqrt(40 * (1/4 + 1/40)): both means have an error
    private static readonly ulong[] Seeds = [50_000, 50_001, 50_002, 50_003];
    private static readonly AuctionTally[] Oracle = Played(_ => new BidOracle());
    private static readonly AuctionTally[] Factored = Played(seed => Sampler(seed, FactoredTerms.Profit));

    [Fact]
    public void The_floor_is_held_at_a_price_that_is_known()
    {
        var floor = Played(seed => Sampler(seed, FactoredTerms.Floor));
        AssertBand("landed/offered", floor.Average(tally => tally.LandRate), 0.6287, 0.0048);
        AssertBand("by value", floor.Average(tally => tally.ValueLandRate), 0.6200, 0.0055);
        AssertBand("raw", Raw(Factored) - Raw(floor), 0.0169, 0.0038);
        AssertBand("norm", Norm(Factored) - Norm(floor), 0.0159, 0.0018);
        Assert.True(floor.Average(tally => tally.Coverage) >= 0.95);
    }

    [Fact]
    public void The_sampler_is_near_the_limit_of_information()
    {
        var limit = Played(seed => new DistributionOracle(seed));
        AssertBand("raw", Raw(limit) - Raw(Factored), 0.0187, 0.0049);
        AssertBand("norm", Norm(limit) - Norm(Factored), 0.0267, 0.0010);
        AssertBand("landed/offered", Factored.Average(tally => tally.LandRate), 0.5351, 0.0079);
    }

    [Fact]
    public void The_sampler_is_ahead_of_its_peers()
    {
        AssertAhead("fixed 0.70", _ => new FixedShareBidder(0.70, Route.Fast), 0.0192, 0.0015);
        AssertAhead("beta-ts", seed => new SamplerBidder(seed, new BetaThompsonSampler()), 0.0983, 0.0026);
        AssertAhead("logistic-ts", seed => new LogisticThompsonBidder(seed), 0.0197, 0.0014);
    }

    private static void AssertAhead(string name, Func<ulong, IBidder> peer, double mean, double error) =>
        AssertBand(name, Norm(Factored) - Norm(Played(peer)), mean, error);

    private static void AssertBand(string name, double measured, double mean, double error) => Assert.True(
        Math.Abs(measured - mean) <= BandWidth * error, $"{name}: {measured:0.0000}, and {mean:0.0000} was due");

    private static double Raw(AuctionTally[] tallies) =>
        tallies.Zip(Oracle, (mine, oracle) => mine.ProfitSol / oracle.ProfitSol).Average();

    private static double Norm(AuctionTally[] tallies) =>
        tallies.Zip(Oracle, (mine, oracle) => mine.Normalised / oracle.Normalised).Average();

    private static SamplerBidder Sampler(ulong seed, FactoredTerms terms) =>
        new(seed, new FactoredSampler(terms with { CalibrationShare = 0.0 }));

    private static AuctionTally[] Played(Func<ulong, IBidder> bidder) =>
        [.. Seeds.Select(seed => new AuctionRun(seed, new AuctionTerms(), bidder(seed)).Play(Horizon))];
}
