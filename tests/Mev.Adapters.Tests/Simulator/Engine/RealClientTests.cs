using System.Text.Json.Nodes;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>The published clients of the block engine find nothing strange about this one.</summary>
public sealed class RealClientTests
{
    [Fact]
    public async Task The_client_of_json_rpc_sends_and_follows_bundles()
    {
        await using var run = await EngineRun.Start();
        using var clients = RealClients.Start(run.Simulator.Engines[0], run.Simulator.Engines[1]);
        var tips = await clients.Ask("tips");
        Assert.Equal(
            TipAccounts.All.Select(account => $"{account}"),
            tips.GetProperty("result").EnumerateArray().Select(one => one.GetString()));
        var transaction = run.Take(run.Chance());
        var sent = (await clients.Ask("send", ("transactions", Texts(transaction)))).GetProperty("result").GetString()!;
        Assert.Equal("Pending", await Inflight(clients, sent));
        run.Simulator.Ticks.NextSlots(4);
        Assert.Equal("Landed", await Inflight(clients, sent));
        var status = (await clients.Ask("statuses", ("id", sent))).GetProperty("result").GetProperty("value")[0];
        Assert.Equal("confirmed", status.GetProperty("confirmation_status").GetString());
        Assert.Equal($"{transaction.Id}", status.GetProperty("transactions")[0].GetString());
        var alone = RefusalTests.Tip(run);
        var told = await clients.Ask("sendAlone", ("transaction", Convert.ToBase64String(alone.Write())));
        Assert.Equal($"{alone.Id}", told.GetProperty("result").GetString());
    }

    [Fact]
    public async Task The_client_of_grpc_authenticates_sends_and_hears_the_results()
    {
        await using var run = await EngineRun.Start();
        using var clients = RealClients.Start(run.Simulator.Engines[0], run.Simulator.Engines[1]);
        foreach (var operation in new[] { "grpcTips", "authenticated" })
        {
            var tips = await clients.Ask(operation);
            Assert.Equal(TipAccounts.Count, tips.GetProperty("value").GetArrayLength());
        }
        var leader = (await clients.Ask("grpcLeader")).GetProperty("value");
        Assert.True(leader.GetProperty("nextLeaderSlot").GetUInt64() >= leader.GetProperty("currentSlot").GetUInt64());
        Assert.NotEmpty((await clients.Ask("grpcLeaders")).GetProperty("value").EnumerateObject());
        await clients.Ask("subscribe");
        var transaction = RefusalTests.Tip(run);
        var told = await clients.Ask("grpcSend", ("transactions", Texts(transaction)));
        var sent = told.GetProperty("value").GetString();
        run.Simulator.Ticks.NextSlots(1);
        run.Simulator.Ticks.NextSlots(34);
        var results = await clients.Ask("results", ("count", 3));
        Assert.Equal(3, results.GetArrayLength());
        Assert.All(results.EnumerateArray(), one => Assert.Equal(sent, one.GetProperty("bundleId").GetString()));
        Assert.True(results[0].TryGetProperty("accepted", out _));
        Assert.True(results[1].TryGetProperty("processed", out _));
        Assert.True(results[2].TryGetProperty("finalized", out _));
    }

    private static JsonArray Texts(params Transaction[] transactions) =>
        [.. transactions.Select(one => JsonValue.Create(Convert.ToBase64String(one.Write())))];

    private static async Task<string> Inflight(RealClients clients, string id) =>
        (await clients.Ask("inflight", ("id", id))).GetProperty("result").GetProperty("value")[0]
            .GetProperty("status").GetString()!;
}
