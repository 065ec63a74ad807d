using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>Bundles sent over JSON-RPC land, and what they say happens on the chain.</summary>
public sealed class LandingTests
{
    [Fact]
    public async Task A_cycle_lands_pays_its_tip_and_moves_the_pools_by_the_exact_amounts()
    {
        await using var run = await EngineRun.Start();
        var chance = run.Chance();
        var wrapped = AssociatedToken.Address(run.Wallet.Address, Mints.Wsol, Programs.Token);
        var (lamports, tokens) = (run.Lamports(run.Wallet.Address), run.Lamports(wrapped));
        var tips = run.Lamports(TipAccounts.All[0]);
        var executed = new List<TransactionExecuted>();
        lock (run.Chain.Gate)
        {
            run.Chain.Happened += happened =>
            {
                if (happened is TransactionExecuted one) executed.Add(one);
            };
        }
        var transaction = run.Take(chance, tip: 12_345);
        var answer = await run.Send(transaction);
        Assert.Equal(Id(transaction), answer.Text);
        Assert.Equal(("Pending", null), await run.Inflight(answer.Text));
        run.Simulator.Ticks.NextSlots(1);
        var mine = Assert.Single(executed, one => one.Transaction.Signature == transaction.Id);
        Assert.Null(mine.Receipt.Error);
        Assert.Equal(("Landed", mine.Slot.Value), await run.Inflight(answer.Text));
        Assert.Equal(lamports - 5_000 - 12_345, run.Lamports(run.Wallet.Address));
        Assert.Equal(tips + 12_345, run.Lamports(TipAccounts.All[0]));
        Assert.Equal(tokens + (ulong)chance.Profit.Value, run.Lamports(wrapped));
        Assert.Equal(2 * chance.Hops.Length, mine.Receipt.Inner.Length);
        Assert.InRange(mine.Receipt.ComputeUnits, 1UL, mine.Transaction.Budget.Units);
        await Finalized(run, answer.Text, transaction);
    }

    [Fact]
    public async Task A_chance_that_is_gone_fails_in_simulation_and_costs_nothing()
    {
        await using var run = await EngineRun.Start();
        var chance = run.Chance();
        var first = run.Take(chance, tip: 20_000);
        Assert.Equal(200, (int)(await run.Send(first)).Status);
        run.Simulator.Ticks.NextSlots(1);
        var lamports = run.Lamports(run.Wallet.Address);
        var late = run.Take(chance, tip: 30_000);
        var answer = await run.Send(late);
        run.Simulator.Ticks.NextSlots(1);
        Assert.Equal(("Failed", null), await run.Inflight(answer.Text));
        Assert.Equal(lamports, run.Lamports(run.Wallet.Address));
        Assert.Null(run.Chain.Signatures.Find(late.Id));
    }

    private static string Id(Transaction transaction) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($"{transaction.Id}")));

    private static async Task Finalized(EngineRun run, string id, Transaction transaction)
    {
        run.Simulator.Ticks.NextSlots(40);
        var statuses = await run.Post(
            "/api/v1/getBundleStatuses", EngineRun.Request("getBundleStatuses", $"[[\"{id}\"]]"));
        var status = statuses.Result.GetProperty("value")[0];
        Assert.Equal("finalized", status.GetProperty("confirmation_status").GetString());
        Assert.Equal($"{transaction.Id}", status.GetProperty("transactions")[0].GetString());
        var rpc = await run.Simulator.Rpc().GetSignatureStatuses([transaction.Id]);
        Assert.False(rpc.All[0]!.IsFailed);
    }
}
