using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Jito;

public sealed class WinnerAttributionTests
{
    private const uint Ours = 100_000;

    [Fact]
    public void A_winners_bid_is_its_tip_in_our_units()
    {
        var winner = WinnerAttribution.Of(Landed(tip: 4_000_000, units: 200_000), Ours, isAhead: true)!;
        Assert.Equal(
            (new Slot(11), new Lamports(4_000_000), 200_000UL, new Lamports(2_000_000), true),
            (winner.Slot, winner.Tip, winner.Units, winner.Bid, winner.IsAhead));
    }

    [Fact]
    public void A_tip_by_an_inner_instruction_counts_and_several_add_up()
    {
        var landed = Landed(tip: 1_000);
        var inner = Transfer(TipAccounts.All[3], 500) with { Outer = 1, Depth = 3 };
        var both = landed with { Instructions = [.. landed.Instructions, inner] };
        Assert.Equal(new Lamports(1_500), WinnerAttribution.Of(both, Ours, isAhead: false)!.Tip);
    }

    [Fact]
    public void Who_pays_no_tip_account_is_none()
    {
        Assert.Null(WinnerAttribution.Of(Landed(tip: 0), Ours, isAhead: false));
        var elsewhere = Landed(tip: 0) with { Instructions = [Transfer(TipAccounts.Config, 1_000)] };
        Assert.Null(WinnerAttribution.Of(elsewhere, Ours, isAhead: false));
    }

    [Fact]
    public void Units_are_those_asked_for_or_those_that_the_runtime_gives()
    {
        var asked = Landed(tip: 1_000, units: 77_000);
        Assert.Equal(77_000UL, WinnerAttribution.UnitsOf(asked));
        var silent = asked with { Instructions = asked.Instructions.RemoveAt(0) };
        Assert.Equal(203_000UL, WinnerAttribution.UnitsOf(silent)); // a program and a transfer
    }

    /// <summary>Real transactions of a chain where nobody tipped: parsed, and attributed to nobody.</summary>
    [Theory]
    [InlineData("agavesim-arb-tx-JSON1.json")]
    [InlineData("agavesim-arb-tx-JSON2.json")]
    [InlineData("agavesim-arb-tx-JSON3.json")]
    [InlineData("agavesim-arb-tx-JSON4.json")]
    public void Recorded_transactions_pay_no_tip_and_have_no_winner(string file)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(TestData.Need("traffic", file)));
        var transaction = RecordedTransaction.Read(recorded.RootElement);
        Assert.NotEmpty(transaction.Instructions);
        Assert.False(transaction.IsFailed);
        Assert.InRange(WinnerAttribution.UnitsOf(transaction), 1UL, 1_400_000UL);
        Assert.InRange(transaction.Writable.Length, 1, transaction.Accounts.Length - 1);
        Assert.Equal(Lamports.Zero, WinnerAttribution.TipOf(transaction));
        Assert.Null(WinnerAttribution.Of(transaction, Ours, isAhead: false));
    }

    private static ObservedTransaction Landed(ulong tip, uint units = 100_000)
    {
        ImmutableArray<ObservedInstruction> calls =
        [
            Limit(units),
            new(Programs.Whirlpool, [Samples.Key("pool")], new byte[] { 7 }, Outer: 1, Depth: 1),
            Transfer(tip > 0 ? TipAccounts.All[1] : Samples.Key("someone"), Math.Max(tip, 1)),
        ];
        return new ObservedTransaction
        {
            Signature = TransactionSignature.None,
            Slot = new Slot(11),
            Index = 0,
            IsFailed = false,
            Fee = new Lamports(5_000),
            ComputeUnits = null,
            Accounts = [Samples.Key("pool")],
            Writable = [Samples.Key("pool")],
            Balances = [],
            Instructions = calls,
        };
    }

    internal static ObservedInstruction Limit(uint units)
    {
        var limit = new byte[5];
        limit[0] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(limit.AsSpan(1), units);
        return new ObservedInstruction(Programs.ComputeBudget, [], limit, Outer: 0, Depth: 1);
    }

    internal static ObservedInstruction Transfer(Pubkey to, ulong amount)
    {
        var data = new byte[12];
        data[0] = 2;
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(4), amount);
        return new ObservedInstruction(Programs.System, [Samples.Key("payer"), to], data, Outer: 2, Depth: 1);
    }
}
