using System.Buffers.Binary;
using System.Collections.Frozen;
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
    private static readonly Pubkey Pool = Samples.Key("pool");

    private static readonly AttributionTerms Terms = new()
    {
        TriggerSlot = new Slot(10),
        TriggerIndex = 5,
        Pools = new[] { Pool }.ToFrozenSet(),
        Tip = new Lamports(1_000_000),
        Units = 100_000,
        FirstReachable = new Slot(11),
        ProfitAfter = _ => Lamports.Zero,
    };

    [Fact]
    public void The_first_that_takes_the_chance_and_tips_is_the_winner_in_our_units()
    {
        ObservedTransaction[] landed = [Landed(12, 0, tip: 9_000_000), Landed(11, 3, tip: 4_000_000, units: 200_000)];
        var winner = WinnerAttribution.Find(landed, Terms);
        Assert.Equal(
            (new Slot(11), new Lamports(4_000_000), 200_000UL, new Lamports(2_000_000), false),
            (winner!.Slot, winner.Tip, winner.Units, winner.Bid, winner.IsAhead));
    }

    [Fact]
    public void A_tip_by_an_inner_instruction_counts_and_several_add_up()
    {
        var landed = Landed(11, 0, tip: 1_000);
        var inner = Transfer(TipAccounts.All[3], 500) with { Outer = 1, Depth = 3 };
        Assert.Equal(
            new Lamports(1_500),
            WinnerAttribution.Find([landed with { Instructions = [.. landed.Instructions, inner] }], Terms)!.Tip);
    }

    [Fact]
    public void Who_landed_before_we_could_was_ahead() =>
        Assert.True(WinnerAttribution.Find([Landed(10, 6, tip: 1_000)], Terms)!.IsAhead);

    [Fact]
    public void Nobody_else_is_a_winner()
    {
        var good = Landed(11, 0, tip: 1_000);
        Assert.NotNull(WinnerAttribution.Find([good], Terms));
        Assert.Null(WinnerAttribution.Find([good with { IsFailed = true }], Terms));
        Assert.Null(WinnerAttribution.Find([good with { Writable = [Samples.Key("other pool")] }], Terms));
        Assert.Null(WinnerAttribution.Find([good with { Slot = new Slot(10), Index = 5 }], Terms));
        Assert.Null(WinnerAttribution.Find([good with { Slot = new Slot(9), Index = 9 }], Terms));
        Assert.Null(WinnerAttribution.Find([Landed(11, 0, tip: 0)], Terms));
        Assert.Null(WinnerAttribution.Find([good], Terms with { ProfitAfter = _ => Terms.Tip }));
        var elsewhere = good with { Instructions = [Transfer(TipAccounts.Config, 1_000)] };
        Assert.Null(WinnerAttribution.Find([elsewhere], Terms));
    }

    [Fact]
    public void Who_left_the_chance_whole_is_passed_over_and_an_unknown_state_ends_the_search()
    {
        ObservedTransaction[] landed = [Landed(11, 0, tip: 1_000), Landed(11, 1, tip: 2_000)];
        var second = Terms with { ProfitAfter = item => item.Index == 0 ? Terms.Tip : Lamports.Zero };
        Assert.Equal(new Lamports(2_000), WinnerAttribution.Find(landed, second)!.Tip);
        var unknown = Terms with { ProfitAfter = item => item.Index == 0 ? null : Lamports.Zero };
        Assert.Null(WinnerAttribution.Find(landed, unknown));
    }

    [Fact]
    public void Units_are_those_asked_for_or_those_that_the_runtime_gives()
    {
        var asked = Landed(11, 0, tip: 1_000, units: 77_000);
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
        var everything = Terms with { TriggerSlot = default, Pools = transaction.Writable.ToFrozenSet() };
        Assert.Null(WinnerAttribution.Find([transaction], everything));
    }

    private static ObservedTransaction Landed(ulong slot, ulong index, ulong tip, uint units = 100_000)
    {
        var limit = new byte[5];
        limit[0] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(limit.AsSpan(1), units);
        ImmutableArray<ObservedInstruction> calls =
        [
            new(Programs.ComputeBudget, [], limit, Outer: 0, Depth: 1),
            new(Programs.Whirlpool, [Pool], new byte[] { 7 }, Outer: 1, Depth: 1),
            Transfer(tip > 0 ? TipAccounts.All[1] : Samples.Key("someone"), Math.Max(tip, 1)),
        ];
        return new ObservedTransaction
        {
            Signature = TransactionSignature.None,
            Slot = new Slot(slot),
            Index = index,
            IsFailed = false,
            Fee = new Lamports(5_000),
            ComputeUnits = null,
            Accounts = [Pool],
            Writable = [Pool],
            Balances = [],
            Instructions = calls,
        };
    }

    private static ObservedInstruction Transfer(Pubkey to, ulong amount)
    {
        var data = new byte[12];
        data[0] = 2;
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(4), amount);
        return new ObservedInstruction(Programs.System, [Samples.Key("payer"), to], data, Outer: 2, Depth: 1);
    }
}
