using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Signing;
using Mev.Domain.Wallets;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Signing;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Grains.Tests.Signing;

/// <summary>Orders of the treasury, with the real signer and a journal.</summary>
public sealed class TreasuryGrainTests
{
    [Fact]
    public async Task An_order_is_durable_before_it_is_signed_and_the_same_bytes_come_again_after_a_restart()
    {
        await using var signed = await Start(new Lamports(10_000_000));
        var order = signed.Wrap("wrap 1");
        var answer = await signed.Treasury().Send(order);
        Assert.Equal("", answer.Rule);
        var transaction = Transaction.Read(answer.Transaction.Span, out _)!;
        Assert.True(transaction.IsSigned());
        Assert.Equal(order.Message.ToArray(), transaction.Message.ToArray());
        var intent = Assert.Single(await signed.Control(RecordType.TreasuryIntent)).TreasuryIntent;
        Assert.Equal(order.Message.ToArray(), intent.Message.ToArray());
        Assert.Equal("opa", Assert.Single(intent.Approvals).Principal);

        await signed.Engine.Restart();
        await signed.Finished();
        Assert.Equal(answer.Transaction.ToArray(), (await signed.Treasury().Send(order)).Transaction.ToArray());
        Assert.Single(await signed.Control(RecordType.TreasuryIntent)); // one command, one order
    }

    [Fact]
    public async Task Orders_of_a_day_stay_within_the_cap_also_over_a_restart()
    {
        await using var signed = await Start(new Lamports(12_000_000));
        Assert.Equal("", (await signed.Treasury().Send(signed.Wrap("1"))).Rule);
        Assert.Equal("", (await signed.Treasury().Send(signed.Wrap("2", 1_000_001))).Rule);
        Assert.Equal("treasury-cap", (await signed.Treasury().Send(signed.Wrap("3", 1_000_002))).Rule);
        await signed.Engine.Restart();
        await signed.Finished();
        Assert.Equal("treasury-cap", (await signed.Treasury().Send(signed.Wrap("4", 1_000_003))).Rule);
        var small = signed.Wrap("5", 1_000) with { CostMax = new Lamports(2_100_000) };
        Assert.Equal("treasury-cap", (await signed.Treasury().Send(small)).Rule);
        var fits = Unwrap(signed, "6") with { CostMax = new Lamports(2_000_000) };
        Assert.Equal("", (await signed.Treasury().Send(fits)).Rule); // what was refused takes nothing of the cap
    }

    [Fact]
    public async Task Every_refusal_is_journalled_with_its_rule_and_signs_nothing()
    {
        await using var signed = await Start(new Lamports(100_000_000));
        var stranger = SystemProgram.Transfer(signed.Key.Address, Mints.Wsol, new Lamports(1_000_000));
        var cycleLess = signed.Order("stranger", stranger);
        string[] rules =
        [
            (await Refused(cycleLess)).Rule,
            (await Refused(signed.Wrap("nobody") with { Approvals = [] })).Rule,
            (await Refused(signed.Order("form", ComputeBudget.Heap(32_768)))).Rule,
        ];
        Assert.Equal(["treasury-destination", "intent", "treasury-form"], rules);
        await signed.Engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Stop("test");
        Assert.Equal("stop", (await Refused(signed.Wrap("stopped"))).Rule);
        var refusals = (await signed.Control(RecordType.SigningRefusal)).ConvertAll(body => body.SigningRefusal);
        Assert.Equal([.. rules, "stop"], refusals.Select(refusal => refusal.RuleId));
        Assert.All(refusals, refusal => Assert.True(refusal.OpportunityId.IsEmpty && refusal.Sentence.Length > 0));

        async Task<TreasuryAnswer> Refused(TreasuryOrder order)
        {
            var answer = await signed.Treasury().Send(order);
            Assert.True(answer.Transaction.IsEmpty);
            return answer;
        }
    }

    [Fact]
    public async Task A_command_has_one_message()
    {
        await using var signed = await Start(new Lamports(100_000_000));
        Assert.Equal("", (await signed.Treasury().Send(signed.Wrap("once"))).Rule);
        Assert.Equal("intent", (await signed.Treasury().Send(signed.Wrap("once", 2_000))).Rule);
        Assert.Equal("", (await signed.Treasury().Send(signed.Wrap("once"))).Rule);
    }

    /// <summary>What it moved nobody knows then, so it moves nothing more.</summary>
    [Theory]
    [InlineData(RecordType.TreasuryIntent)]
    [InlineData(RecordType.TreasuryAttempt)]
    [InlineData(RecordType.TreasuryOutcome)]
    public async Task After_a_record_that_cannot_be_read_nothing_is_signed(RecordType type)
    {
        await using var signed = await Start(new Lamports(100_000_000));
        Assert.Equal("", (await signed.Treasury().Send(signed.Wrap("before"))).Rule);
        var torn = new AuditEntry(type, default, new AuditRecord { TreasuryIntent = new TreasuryIntent() });
        await signed.Engine.Audit.Append(AuditWriter.ControlPartition, [torn]);
        var answer = await signed.Treasury().Send(signed.Wrap("after"));
        Assert.Equal(("treasury-cap", true), (answer.Rule, answer.Transaction.IsEmpty));
        Assert.Contains("cannot be read", answer.Sentence, StringComparison.Ordinal);
        await signed.Engine.Restart();
        await signed.Finished();
        Assert.Equal("treasury-cap", (await signed.Treasury().Send(signed.Wrap("after"))).Rule);
    }

    [Fact]
    public async Task Without_a_cap_that_somebody_set_nothing_is_signed()
    {
        await using var signed = await Start(Lamports.Zero);
        Assert.Equal("treasury-cap", (await signed.Treasury().Send(signed.Wrap("1"))).Rule);
    }

    private static async Task<SignedEngine> Start(Lamports dailyMax)
    {
        var signed = await SignedEngine.Start(
            SignedEngine.Simulated with { TreasuryDailyMax = dailyMax },
            made => made.Services = services =>
                services.AddSingleton<SendTreasury>((_, _) => Task.CompletedTask));
        await signed.Finished();
        return signed;
    }

    private static TreasuryOrder Unwrap(SignedEngine signed, string command)
    {
        var wallet = signed.Key.Address;
        return signed.Order(command, TokenProgram.Close(
            AssociatedToken.Address(wallet, Mints.Wsol, Programs.Token), wallet, wallet));
    }
}
