using System.Text.Json;
using Mev.Adapters.Solana.Rpc;
using Mev.Fixtures;

namespace Mev.Integration.Tests.Simulated;

/// <summary>
/// The books against the chain: whatever landed, failed, was forked away or was cut off by SIGKILL, every own wallet
/// has to the lamport and the token unit what the journal says.
/// </summary>
[Collection(SimulatedCollection.Name)]
public sealed class ReconciliationTests
{
    private const ulong SlotsPerMinute = 150;

    /// <summary>Ten minutes of the chain in a soak, more than two otherwise.</summary>
    [Fact]
    public async Task Every_wallet_has_what_the_journal_says_and_the_funnel_names_its_denominators()
    {
        await using var market = await SimulatedMarket.Start(
            Soak.Seed, (ulong)Soak.Times(350, (int)(10 * SlotsPerMinute)));
        var before = await Accounts(market, RpcCommitment.Processed);
        JsonElement funnel;
        Programs.Finished shown;
        await using (var host = await market.StartHost())
        {
            await market.End(host);
            funnel = await host.Get("/v1/funnel");
            shown = await host.Mevctl("funnel");
        }
        var books = await WalletBooks.Read(market.Journal, market.Wallets[0]);
        var after = await Accounts(market, RpcCommitment.Finalized);
        Say(books, after[0].Lamports - before[0].Lamports);
        Assert.True(books.Landed.Count >= Soak.Times(1, 20), $"only {books.Landed.Count} landed");
        Reconcile(books, before, after);
        Assert.Equal("", string.Join("; ", books.Findings()));
        // In a soak some landed through mints that take a fee; a short run may have met none.
        Assert.True(after[0].Withheld >= Soak.Times(0, 1), "nothing landed through a mint with a fee on transfers");

        TestContext.Current.TestOutputHelper?.WriteLine(shown.Output);
        Assert.Equal(0, shown.Code);
        Assert.Contains("landed of sent", shown.Output);
        Assert.Equal(books.Landed.Count, Count(funnel.GetProperty("all"), "Finalized"));
        foreach (var group in funnel.GetProperty("by").EnumerateArray()) Adds(funnel.GetProperty("all"), group);
    }

    [Fact]
    public async Task Killed_with_SIGKILL_nothing_is_signed_twice_or_lost_and_the_wallet_has_what_the_journal_says()
    {
        var kills = Soak.Times(2, 20);
        await using var market = await SimulatedMarket.Start(Soak.Seed, (ulong)(250 * (kills + 1)));
        var before = await Accounts(market, RpcCommitment.Processed);
        for (var killed = 0; killed < kills; killed++)
        {
            await using var host = await market.StartHost(); // disposed of by SIGKILL
            await host.Until(async () => await Open(host) > 0);
            await Task.Delay(
                TimeSpan.FromMilliseconds(500 + 700 * (killed % 4)), TimeProvider.System,
                TestContext.Current.CancellationToken);
        }
        await using (var host = await market.StartHost()) await market.End(host);
        var books = await WalletBooks.Read(market.Journal, market.Wallets[0]);
        var after = await Accounts(market, RpcCommitment.Finalized);
        Say(books, after[0].Lamports - before[0].Lamports);
        Assert.True(books.Landed.Count >= 1, $"only {books.Landed.Count} landed");
        Reconcile(books, before, after);
        Assert.Equal("", string.Join("; ", books.Findings()));
    }

    /// <summary>The first wallet changed as the books say, the other one not at all.</summary>
    private static void Reconcile(WalletBooks books, WalletAccounts[] before, WalletAccounts[] after)
    {
        Assert.Equal(books.Net, after[0].Lamports - before[0].Lamports);
        Assert.Equal(
            books.Tokens.Where(held => held.Value != 0).OrderBy(held => held.Key),
            after[0].TokensSince(before[0]).OrderBy(held => held.Key));
        Assert.Equal(before[1].Lamports, after[1].Lamports);
        Assert.Empty(after[1].TokensSince(before[1]));
    }

    /// <summary>Of every value of a label the counts add up to all, and each rate lies within its bounds.</summary>
    private static void Adds(JsonElement all, JsonElement group)
    {
        var parts = group.GetProperty("parts").EnumerateArray().ToList();
        foreach (var stage in all.GetProperty("stages").EnumerateArray())
        {
            var name = stage.GetProperty("stage").GetString()!;
            Assert.Equal(stage.GetProperty("count").GetInt64(), parts.Sum(part => Count(part, name)));
        }
        foreach (var rate in parts.SelectMany(part => part.GetProperty("rates").EnumerateArray()))
        {
            if (rate.GetProperty("ofCount").GetInt64() == 0) continue;
            var value = rate.GetProperty("value").GetDouble();
            Assert.Equal(
                rate.GetProperty("count").GetInt64(), (long)Math.Round(value * rate.GetProperty("ofCount").GetInt64()));
            var (low, high) = (rate.GetProperty("low").GetDouble(), rate.GetProperty("high").GetDouble());
            Assert.InRange(value, low - 1e-9, high + 1e-9);
        }
    }

    private static long Count(JsonElement part, string stage) => part.GetProperty("stages").EnumerateArray()
        .Single(one => one.GetProperty("stage").GetString() == stage).GetProperty("count").GetInt64();

    private static async Task<long> Open(HostProcess host) =>
        (await host.Get("/v1/overview")).GetProperty("outcomes").GetProperty("open").GetInt64();

    private static Task<WalletAccounts[]> Accounts(SimulatedMarket market, RpcCommitment commitment) =>
        Task.WhenAll(market.Wallets.Select(wallet => WalletAccounts.Read(market.Rpc, wallet, commitment)));

    private static void Say(WalletBooks books, long gained) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"seed {Soak.Seed}: {books.Intents} intents, {books.Landed.Count} landed, {books.Failed.Count} failed on the "
        + $"chain; realised {books.Realised}, tips {books.Tips}, failed fees {books.FailedFees}, net {books.Net} "
        + "lamports; "
        + $"{books.Tokens.Count} token accounts changed; the wallet gained {gained}; causes: {books.Causes}");
}
