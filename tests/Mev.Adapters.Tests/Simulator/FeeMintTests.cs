using System.Buffers.Binary;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Simulator;
using Mev.Simulator.Chain;
using Mev.Simulator.Execution;
using Mev.Simulator.Flow;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>Mints of Token-2022 with a fee on transfers, in pools of the simulator's chain.</summary>
public sealed class FeeMintTests
{
    private const ulong LastSlotBefore = 700 * ChainClock.SlotsPerEpoch - 1;
    private const int Slots = 120;

    private static readonly GeneratedFeedOptions Market = new()
    {
        Pools = 30,
        Mints = 10,
        TransactionsPerSlot = 8,
        Seed = 5,
        SwapMedian = 0.003,
        Token2022ShareBasisPoints = 5_000,
        FurtherShareBasisPoints = 3_000,
        FirstSlot = LastSlotBefore - Slots / 2, // half of the run is in the next epoch, with its own fees
    };

    [Fact]
    public void Every_transfer_withholds_the_fee_of_its_epoch_and_no_unit_comes_or_goes()
    {
        var chain = new SimulatedChain(Market, new SimulatorOptions());
        var ticks = new ChainTicks(chain, new OrderFlow(chain, Market), Market, new SimulatorOptions());
        var mints = chain.Mints.Where(mint => mint.Fees is not null).ToList();
        Assert.Equal(4, mints.Count); // every other one of nine
        var first = mints.ConvertAll(mint => TokensOf(chain, mint));
        var moved = new List<(ChainMint Mint, ulong Epoch, TokenTransfer Transfer, Protocol Protocol)>();
        chain.Happened = happened =>
        {
            if (happened is TransactionExecuted { Receipt.IsFailed: false } executed)
                moved.AddRange(Check(executed, mints));
        };
        ticks.NextSlots(Slots);

        Assert.Equal(first, mints.ConvertAll(mint => TokensOf(chain, mint)));
        foreach (var epoch in new[] { 699UL, 700UL })
        {
            foreach (var protocol in new[] { Protocol.RaydiumCpmm, Protocol.MeteoraDlmm })
            {
                var kind = moved.Where(one => one.Epoch == epoch && one.Protocol == protocol).ToList();
                Assert.True(kind.Count > 10, $"{protocol} in {epoch}: {kind.Count}");
                Assert.All(kind, one => Assert.True(one.Transfer.Fee > 0));
            }
        }
    }

    [Fact]
    public void Accounts_are_as_long_as_their_mint_asks_and_fees_left_keep_them_open()
    {
        var chain = new SimulatedChain(Market, new SimulatorOptions());
        var (user, number) = (Samples.Key("user"), (byte)0);
        chain.Set(new ChainAccount(user, Programs.System, 1_000_000_000, default));
        var mint = chain.Mints.First(mint => mint.Fees is not null);
        var account = mint.AccountOf(user);
        var ofOther = AssociatedToken.Create(user, user, mint.Key, Programs.Token);
        Assert.Equal(InstructionFailure.InvalidAccountData, Execute(ofOther).Error!.Value.Failure);
        Assert.Null(Execute(AssociatedToken.Create(user, user, mint.Key, Programs.Token2022)).Error);
        var made = chain.Find(account)!;
        Assert.Equal((182, Programs.Token2022, 2), (made.Data.Length, made.Owner, made.Data.Span[165]));
        Assert.Equal((ulong)Rent.Mainnet.Minimum(182).Value, made.Lamports);

        var paid = TokenAccount.Receive(made, new TokenTransfer(mint, 100, 3));
        Assert.Equal((97UL, 3UL), (TokenAccount.Amount(paid), TokenAccount.Withheld(paid)));
        chain.Set(TokenAccount.With(paid, 0));
        var close = TokenProgram.Close(account, user, user) with { Program = Programs.Token2022 };
        Assert.Equal(ChainError.Custom(1, 35), Execute(close).Error);
        Assert.Equal(
            InstructionFailure.InvalidAccountData,
            Execute(close with { Program = Programs.Token }).Error!.Value.Failure);
        chain.Set(made);
        Assert.Null(Execute(close).Error);
        Assert.Equal(0UL, chain.Find(account)?.Lamports ?? 0);

        var feeless = TokenAccount.New(account, mint with { Fees = null }, user, 7);
        Assert.Equal((170, 7UL), (feeless.Data.Length, TokenAccount.Amount(feeless)));

        ChainReceipt Execute(Instruction instruction) => chain.Execute(ChainTransaction.Of(
            TransactionSignature.From(Enumerable.Repeat(++number, TransactionSignature.Length).ToArray()), user,
            chain.Blocks.Tip.Hash, ComputeBudget.Limit(TransactionLimits.ComputeUnitsMax), instruction))!;
    }

    /// <summary>
    /// What the transaction tells of its transfers is what its accounts show, each by the fee of the slot's epoch.
    /// </summary>
    private static IEnumerable<(ChainMint, ulong, TokenTransfer, Protocol)> Check(
        TransactionExecuted executed, List<ChainMint> mints)
    {
        var epoch = executed.Slot.Value / ChainClock.SlotsPerEpoch;
        foreach (var (outer, inner) in executed.Receipt.Inner)
        {
            var accounts = executed.Transaction.Accounts;
            if (accounts[inner.Program].Key != Programs.Token2022) continue;
            var data = inner.Data.Span;
            Assert.Equal((10, 12, 9), (data.Length, data[0], data[9])); // TransferChecked with nine decimals
            var amount = BinaryPrimitives.ReadUInt64LittleEndian(data[1..]);
            var (source, mintKey, target) = (
                inner.Accounts.Span[0], accounts[inner.Accounts.Span[1]].Key, inner.Accounts.Span[2]);
            var mint = mints.Single(known => known.Key == mintKey);
            var fee = mint.Fees!.Value.At(epoch).Of(amount);
            Assert.Equal((-(Int128)amount, 0), Change(executed.Receipt.Accounts[source]));
            Assert.Equal(((Int128)(amount - fee), (Int128)fee), Change(executed.Receipt.Accounts[target]));
            var pool = executed.Transaction.Instructions[outer].Program;
            yield return (
                mint, epoch, new TokenTransfer(mint, amount, fee),
                pool == Programs.MeteoraDlmm ? Protocol.MeteoraDlmm : Protocol.RaydiumCpmm);
        }
    }

    private static (Int128 Amount, Int128 Withheld) Change((ChainAccount? Before, ChainAccount? After) account) => (
        (Int128)TokenAccount.Amount(account.After!) - TokenAccount.Amount(account.Before!),
        (Int128)TokenAccount.Withheld(account.After!) - TokenAccount.Withheld(account.Before!));

    private static UInt128 TokensOf(SimulatedChain chain, ChainMint mint)
    {
        var sum = UInt128.Zero;
        foreach (var account in chain.At(chain.Clock.Slot).All)
        {
            if (!TokenAccount.IsOne(account) || TokenAccount.Mint(account) != mint.Key) continue;
            sum += TokenAccount.Amount(account) + (UInt128)TokenAccount.Withheld(account);
        }
        return sum;
    }
}
