using System.Text.Json;
using Mev.Domain.Auctions;
using Mev.Fixtures;

namespace Mev.Domain.Tests.Auctions;

/// <summary>The simulator's reference values beside the repository; without them a test is skipped, or fails.</summary>
internal static class AuctionReference
{
    public const int Horizon = 12_000;

    public static JsonDocument Read()
    {
        var path = Path.Combine(
            TestData.Repository, "..", "shared", "data", "auction-simulator", "reference-v1.json");
        return JsonDocument.Parse(File.ReadAllText(TestData.NeedPath(path)));
    }

    /// <summary>Whether the reference counts come out when bids are settled so.</summary>
    public static bool AreCounts(string name, ulong seed, IBidder bidder, SettleAuction settle)
    {
        using var json = Read();
        var tally = new AuctionRun(seed, new AuctionTerms(), bidder, settle).Play(Horizon);
        return Counts(Row(json, name, seed)) == Counts(tally);
    }

    public static void AssertTotals(string name, ulong seed, Func<IBidder> bidder)
    {
        using var json = Read();
        var row = Row(json, name, seed);
        var tally = new AuctionRun(seed, new AuctionTerms(), bidder()).Play(Horizon);
        Assert.Equal(Counts(row), Counts(tally));
        AssertClose(row.GetProperty("profit_sol").GetDouble(), tally.ProfitSol);
        AssertClose(row.GetProperty("normalised_sum").GetDouble(), tally.Normalised);
        AssertClose(row.GetProperty("tips_paid_sol").GetDouble(), tally.TipsSol);
    }

    private static JsonElement Row(JsonDocument json, string name, ulong seed) =>
        json.RootElement.GetProperty("totals").EnumerateArray().Single(total =>
            total.GetProperty("policy").GetString() == name && total.GetProperty("seed").GetUInt64() == seed);

    private static (int, int, int, int, int, int, int) Counts(JsonElement row) => (
        row.GetProperty("submitted").GetInt32(), row.GetProperty("landed").GetInt32(),
        row.GetProperty("outbid").GetInt32(), row.GetProperty("late").GetInt32(),
        row.GetProperty("dropped").GetInt32(), row.GetProperty("value_guard").GetInt32(),
        row.GetProperty("skipped").GetInt32());

    private static (int, int, int, int, int, int, int) Counts(AuctionTally tally) => (
        tally.Submitted, tally.Landed, tally.Outbid, tally.Late, tally.Dropped, tally.ValueGuard, tally.Skipped);

    private static void AssertClose(double expected, double actual) => Assert.Equal(1.0, actual / expected, 1e-6);
}
