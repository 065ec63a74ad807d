using System.Text.Json;
using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>
/// The golden policies at the simulator's block engine, through its gRPC face and on its chain: the counts of the
/// reference, which the law gives in process.
/// </summary>
public sealed class GoldenCountTests
{
    private const ulong Seed = 9_000;
    private const int Horizon = 12_000;

    [Theory]
    [InlineData("fixed 0.90 fast")]
    [InlineData("factored")]
    public Task The_engine_gives_the_reference_counts(string policy) => Play(policy);

    /// <summary>The other policies of the reference: a minute for two of them.</summary>
    [Theory(Explicit = true)]
    [InlineData("bid oracle")]
    [InlineData("fixed 0.60 standard")]
    [InlineData("fixed 0.70 fast")]
    [InlineData("fixed 0.75 fast")]
    [InlineData("eps-greedy 0.05")]
    [InlineData("UCB1 0.35")]
    [InlineData("factored, relative dual 0.69")]
    public Task The_engine_gives_the_reference_counts_of_all_policies(string policy) => Play(policy);

    private static async Task Play(string policy)
    {
        await using var run = await EngineRun.Start(
            "Generator:TransactionsPerSlot=1", "Generator:Pools=2", "Generator:Mints=2", "Simulator:HeldSlots=64");
        await using var auction = await EngineAuction.Start(run);

        var tally = new AuctionRun(Seed, new AuctionTerms(), Bidder(policy), auction.Settle).Play(Horizon);

        var row = Reference(policy);
        Assert.Equal(
            (row("submitted"), row("landed"), row("outbid"), row("late"), row("dropped"), row("value_guard"),
                row("skipped")),
            (tally.Submitted, tally.Landed, tally.Outbid, tally.Late, tally.Dropped, tally.ValueGuard, tally.Skipped));
    }

    private static IBidder Bidder(string policy) => policy switch
    {
        "bid oracle" => new BidOracle(),
        "fixed 0.60 standard" => new FixedShareBidder(0.60, Route.Standard),
        "fixed 0.70 fast" => new FixedShareBidder(0.70, Route.Fast),
        "fixed 0.75 fast" => new FixedShareBidder(0.75, Route.Fast),
        "fixed 0.90 fast" => new FixedShareBidder(0.90, Route.Fast),
        "eps-greedy 0.05" => new EpsilonGreedyBidder(Seed, 0.05),
        "UCB1 0.35" => new UcbBidder(0.35),
        "factored" => Sampler(FactoredTerms.Profit),
        _ => Sampler(FactoredTerms.Floor),
    };

    private static SamplerBidder Sampler(FactoredTerms terms) =>
        new(Seed, new FactoredSampler(terms with { CalibrationShare = 0.0 }));

    private static Func<string, int> Reference(string policy)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(TestData.NeedPath(Path.Combine(
            TestData.Repository, "..", "shared", "data", "auction-simulator", "reference-v1.json"))));
        var row = json.RootElement.GetProperty("totals").EnumerateArray().Single(total =>
            total.GetProperty("policy").GetString() == policy && total.GetProperty("seed").GetUInt64() == Seed).Clone();
        return name => row.GetProperty(name).GetInt32();
    }
}
