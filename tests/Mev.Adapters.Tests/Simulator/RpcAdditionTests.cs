using System.Text;
using System.Text.Json;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Simulator.Engine;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>What the landing tracker and wallets ask a node for.</summary>
public sealed class RpcAdditionTests
{
    [Fact]
    public async Task Leaders_genesis_and_balances_are_those_of_the_chain()
    {
        await using var run = await EngineRun.Start();
        var leaders = run.Simulator.Get<ChainLeaders>();
        var first = run.Chain.Blocks.Tip.Slot.Value;
        var told = await Ask(run, "getSlotLeaders", $"[{first},6]");
        Assert.Equal(
            Enumerable.Range(0, 6).Select(ahead => $"{leaders.LeaderOf(new Slot(first + (ulong)ahead))}"),
            told.EnumerateArray().Select(leader => leader.GetString()));
        Assert.Equal($"{run.Chain.Blocks.Genesis}", (await Ask(run, "getGenesisHash", "[]")).GetString());
        Assert.NotEqual(Genesis.Mainnet, run.Chain.Blocks.Genesis);
        var balance = await Ask(run, "getBalance", $"[\"{run.Wallet.Address}\",{{\"commitment\":\"processed\"}}]");
        Assert.Equal(1_000_000_000_000UL, balance.GetProperty("value").GetUInt64());
    }

    [Fact]
    public async Task A_landed_transaction_is_told_with_its_bytes_fee_and_balances()
    {
        await using var run = await EngineRun.Start();
        var transaction = RefusalTests.Tip(run, 7_000);
        await run.Send(transaction);
        var asked = $"[\"{transaction.Id}\",{{\"commitment\":\"confirmed\",\"encoding\":\"base64\"}}]";
        Assert.Equal(JsonValueKind.Null, (await Ask(run, "getTransaction", asked)).ValueKind);
        run.Simulator.Ticks.NextSlots(4);
        var told = await Ask(run, "getTransaction", asked);
        Assert.Equal(transaction.Write(), told.GetProperty("transaction")[0].GetBytesFromBase64());
        var meta = told.GetProperty("meta");
        Assert.Equal(5_000, meta.GetProperty("fee").GetInt64());
        Assert.Equal(JsonValueKind.Null, meta.GetProperty("err").ValueKind);
        var paid = meta.GetProperty("preBalances")[0].GetInt64() - meta.GetProperty("postBalances")[0].GetInt64();
        Assert.Equal(12_000, paid);

        var read = (await run.Simulator.Rpc().GetTransaction(transaction.Id))!;
        Assert.Equal((transaction.Id, new Lamports(5_000), false), (read.Signature, read.Fee, read.IsFailed));
        Assert.Equal(run.Wallet.Address, read.Accounts[0]);
        Assert.Equal(12_000UL, read.Balances[0].Before - read.Balances[0].After);
    }

    /// <summary>What a node tells of one transaction and what the stream told of it are the same.</summary>
    [Fact]
    public async Task A_cycle_is_told_by_the_node_as_the_stream_tells_it()
    {
        await using var run = await EngineRun.Start();
        var chance = run.Chance();
        var taken = run.Take(chance);
        await run.Send(taken);
        run.Simulator.Ticks.NextSlots(4);
        var read = (await run.Simulator.Rpc().GetTransaction(taken.Id))!;
        var executed = Assert.Single(
            run.Chain.Blocks.Find(read.Slot)!.Events.OfType<TransactionExecuted>(),
            one => one.Transaction.Signature == taken.Id);
        Assert.Equal(
            WireDefect.None,
            TransactionReader.Read(Mev.Simulator.Yellowstone.TransactionMessages.Of(executed), out var streamed));
        Assert.Equal(streamed!.Accounts, read.Accounts);
        Assert.Equal(streamed.Writable, read.Writable);
        Assert.Equal(streamed.Balances, read.Balances);
        Assert.Equal(streamed.Tokens, read.Tokens);
        Assert.Contains(read.Tokens, held => held.Mint == Mints.Wsol && held.After > held.Before);
        Assert.Equal(
            streamed.Instructions.Where(call => call.Depth == 1).Select(call => call.Program),
            read.Instructions.Select(call => call.Program));
    }

    [Fact]
    public async Task A_transaction_that_nobody_knows_is_none()
    {
        await using var run = await EngineRun.Start();
        Assert.Null(await run.Simulator.Rpc().GetTransaction(RefusalTests.Tip(run, 7_000).Id));
    }

    private static async Task<JsonElement> Ask(EngineRun run, string method, string parameters)
    {
        using var http = new HttpClient();
        using var content = new StringContent(EngineRun.Request(method, parameters), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(run.Simulator.RpcEndpoint, content);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("result").Clone();
    }
}
