using System.Security.Cryptography;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator;
using Mev.Simulator.Chain;
using Mev.Simulator.Flow;

namespace Mev.Adapters.Tests.Simulator;

public sealed class SimulatedChainTests
{
    private static readonly GeneratedFeedOptions Market =
        new() { Pools = 30, Mints = 10, TransactionsPerSlot = 6, Seed = 5 };

    [Fact]
    public void The_same_seed_gives_the_same_chain_and_another_seed_another_one()
    {
        var first = Run(Market, new SimulatorOptions { ForkEverySlots = 5 }, slots: 40);
        Assert.Equal(first, Run(Market, new SimulatorOptions { ForkEverySlots = 5 }, slots: 40));
        var other = new GeneratedFeedOptions { Pools = 30, Mints = 10, TransactionsPerSlot = 6, Seed = 6 };
        Assert.NotEqual(first, Run(other, new SimulatorOptions { ForkEverySlots = 5 }, slots: 40));
    }

    [Fact]
    public void Slots_that_are_given_up_leave_the_state_of_their_parent()
    {
        var (chain, ticks) = Make(Market, new SimulatorOptions
        {
            ForkEverySlots = 4,
            ForkDepth = 2,
            FinalizedBehind = 8,
        });
        var states = new Dictionary<Slot, string>();
        var givenUp = 0;
        chain.Happened = happened =>
        {
            if (happened is not SlotStepped stepped) return;
            if (stepped.Step == SlotStep.Processed) states[stepped.Slot] = StateOf(chain.At(stepped.Slot));
            if (stepped.Step == SlotStep.Dead) givenUp++;
            if (stepped.Step == SlotStep.CreatedBank && states.TryGetValue(stepped.Parent, out var state))
                Assert.Equal(state, StateOf(chain.At(stepped.Parent)));
        };
        ticks.NextSlots(41);
        Assert.True(givenUp >= 20, $"{givenUp}");
        Assert.Equal(states[chain.Blocks.Finalized], StateOf(chain.At(chain.Blocks.Finalized)));
        Assert.NotEqual(states[chain.Blocks.Finalized], StateOf(chain.At(chain.Blocks.Tip.Slot)));
    }

    [Fact]
    public void A_transaction_that_fails_costs_its_fee_and_moves_nothing_else()
    {
        var (chain, _) = Make(Market, new SimulatorOptions());
        var payer = Wallets.Trader(Market.Seed, 3);
        var before = chain.At(chain.Clock.Slot).All.ToDictionary(account => account.Key);
        var pool = chain.Pools.First();
        var receipt = chain.Execute(Transaction(chain, payer), (_, effects) =>
        {
            Assert.True(effects.Swap(pool.Id, Domain.Pools.SwapDirection.AToB, new TokenAmount(1_000_000)).IsOk);
            return ChainError.Custom(0, 1);
        });
        Assert.True(receipt!.IsFailed);
        var after = chain.At(chain.Clock.Slot).All.ToDictionary(account => account.Key);
        var changed = Assert.Single(after, entry => entry.Value != before[entry.Key]);
        Assert.Equal((payer, before[payer].Lamports - 5_000), (changed.Key, changed.Value.Lamports));
        Assert.Null(chain.Execute(Transaction(chain, payer), (_, _) => null)); // a signature lands once
        Instruction[] dear = [ComputeBudget.Limit(1_000_000), ComputeBudget.Price(ulong.MaxValue)];
        Assert.Null(chain.Execute(Transaction(chain, payer, number: 8, dear), (_, _) => null));
    }

    [Fact]
    public void Only_blocks_that_many_behind_are_confirmed_and_finalized_and_never_a_dead_one()
    {
        var options = new SimulatorOptions { ForkEverySlots = 7, ForkDepth = 2, FinalizedBehind = 8 };
        var (chain, ticks) = Make(Market, options);
        var (dead, confirmed, finalized) = (new HashSet<Slot>(), new List<Slot>(), new List<Slot>());
        chain.Happened = happened =>
        {
            if (happened is not SlotStepped stepped) return;
            if (stepped.Step == SlotStep.Dead) dead.Add(stepped.Slot);
            if (stepped.Step == SlotStep.Confirmed) confirmed.Add(stepped.Slot);
            if (stepped.Step == SlotStep.Finalized) finalized.Add(stepped.Slot);
        };
        ticks.NextSlots(60);
        Assert.NotEmpty(dead);
        Assert.Empty(dead.Intersect(confirmed));
        Assert.Equal(confirmed.Take(finalized.Count), finalized);
        Assert.Equal(confirmed.Order(), confirmed);
        Assert.True(finalized.Count > 30);
    }

    private static (SimulatedChain Chain, ChainTicks Ticks) Make(GeneratedFeedOptions market, SimulatorOptions options)
    {
        var chain = new SimulatedChain(market, options);
        return (chain, new ChainTicks(chain, new OrderFlow(chain, market), market, options));
    }

    private static string Run(GeneratedFeedOptions market, SimulatorOptions options, int slots)
    {
        var (chain, ticks) = Make(market, options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        chain.Happened = happened => hash.AppendData(System.Text.Encoding.UTF8.GetBytes(happened switch
        {
            AccountWritten { Account: var account } =>
                $"{account.Key} {account.Slot} {account.WriteVersion} {Digest.Of(account.Data.Span)}",
            TransactionExecuted executed =>
                $"{executed.Slot} {executed.Index} {executed.Transaction.Signature} {executed.Receipt.ComputeUnits}",
            BlockSealed { Block: var block } => $"{block.Hash} {block.Height} {block.UnixTime} {block.Transactions}",
            _ => $"{happened}",
        }));
        ticks.NextSlots(slots);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string StateOf(AccountView view)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var account in view.All.OrderBy(account => account.Key))
        {
            hash.AppendData(account.Key.ToArray());
            hash.AppendData(BitConverter.GetBytes(account.Lamports));
            hash.AppendData(account.Data.Span);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static ChainTransaction Transaction(
        SimulatedChain chain, Pubkey payer, byte number = 7, params Instruction[] instructions) =>
        ChainTransaction.Of(
            TransactionSignature.From(Enumerable.Repeat(number, TransactionSignature.Length).ToArray()), payer,
            chain.Blocks.Tip.Hash, instructions);
}
