using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;
using Mev.Simulator.Rivals;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>Rivals find what the flow leaves behind, take it on the chain, and can be told by their tips.</summary>
public sealed class RivalTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Documented")]
    [InlineData("LearningV1")]
    public async Task Rivals_take_chances_in_signed_transactions_that_pay_a_tip_account(string profile)
    {
        await using var run = await SimulatorRun.Start(
            $"BlockEngine:Rivals={profile}", "Generator:Pools=200", "Generator:Mints=60",
            "Generator:TransactionsPerSlot=8", "Generator:SwapMedian=0.003");
        var wallets = Enumerable.Range(0, RivalWallets.Count).Select(number => Key(number)).ToHashSet();
        var landed = new List<TransactionExecuted>();
        lock (run.Chain.Gate)
        {
            run.Chain.Happened += happened =>
            {
                if (happened is TransactionExecuted one && wallets.Contains(one.Transaction.Payer)) landed.Add(one);
            };
        }
        const int Slots = 250;
        run.Ticks.NextSlots(Slots);
        var rivals = (ChanceRivals)run.Get<Mev.Simulator.BlockEngine.IRivals>();
        output.WriteLine($"{profile}: {rivals.Chances} chances and {landed.Count} rivals' bundles in {Slots} slots");
        Assert.True(rivals.Chances >= Slots / 10, $"{rivals.Chances} chances in {Slots} slots");
        Assert.NotEmpty(landed);
        foreach (var executed in landed)
        {
            var transaction = executed.Transaction;
            Assert.Null(executed.Receipt.Error);
            Assert.True(SigningKey.Verify(
                transaction.Payer, MessageBytes.Write(transaction.Message), transaction.Signature));
            var tip = Enumerable.Range(0, transaction.Accounts.Length)
                .Where(place => TipAccounts.Contains(transaction.Accounts[place].Key))
                .Sum(place => (long)executed.Receipt.Accounts[place].After!.Lamports
                    - (long)executed.Receipt.Accounts[place].Before!.Lamports);
            Assert.True(tip >= TipAccounts.TipMin.Value);
        }
    }

    [Fact]
    public void A_rivals_law_bids_the_same_for_the_same_seed_within_the_published_shares()
    {
        var chance = new Chance([(new(new(Mints.Wsol), default), default)], new Lamports(100_000_000));
        var law = new DocumentedLaw(new GeneratedFeedOptions { Seed = 9 });
        for (var number = 0UL; number < 200; number++)
        {
            var bids = law.Bids(chance, number).ToList();
            Assert.Equal(bids, new DocumentedLaw(new GeneratedFeedOptions { Seed = 9 }).Bids(chance, number));
            Assert.InRange(bids.Count, 5, 20);
            Assert.Equal(bids.Count, bids.Select(bid => bid.Rival).Distinct().Count());
            Assert.All(bids, bid => Assert.InRange(bid.Tip.Value, 30_000_000, 90_000_000));
            Assert.All(bids, bid => Assert.True(bid.DelayMs > 2));
        }
        var small = law.Bids(chance with { Profit = new Lamports(60_000) }, 1);
        Assert.All(small, bid => Assert.InRange(bid.Tip.Value, 18_000, 54_000));
    }

    private static Pubkey Key(int number)
    {
        using var key = RivalWallets.KeyOf(1, number);
        return key.Address;
    }
}
