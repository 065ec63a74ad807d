using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Domain.Wallets;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Audit;
using Mev.Grains.Tests.Signing;
using Mev.Grains.Wallets;
using Mev.Journal;

namespace Mev.Grains.Tests.Wallets;

public sealed class WalletGrainTests
{
    [Fact]
    public async Task What_left_is_reserved_and_a_restart_reads_it_from_the_journal()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var before = (await signed.Wallet.Describe()).Ledger;
        Assert.Equal(Ids(signed), before.Open.Keys.ToHashSet());
        Assert.All(before.Open.Values, open => Assert.Single(open.Signatures));
        Assert.True(before.AmountIn.Units > 0 && before.Cost > Lamports.Zero);

        await signed.Engine.Restart();

        var after = (await signed.Wallet.Describe()).Ledger;
        Assert.Equal(before.Open.Keys.ToHashSet(), after.Open.Keys.ToHashSet());
        Assert.Equal((before.AmountIn, before.Cost), (after.AmountIn, after.Cost));
    }

    [Fact]
    public async Task What_a_strategy_of_another_partition_has_open_is_read_too()
    {
        await using var signed = await SignedEngine.Start(engine =>
        {
            engine.Settings["Trading:StrategyPartitions"] = "2";
            engine.Settings["Trading:Strategies:0:Id"] = "arb-2"; // its hash says the second
        });
        await signed.Finished();
        var before = (await signed.Wallet.Describe()).Ledger;
        Assert.NotEmpty(before.Open);
        Assert.Equal(0, await signed.Engine.Log.End(new LogPartition(LogTopics.Audit, 1)));

        await signed.Engine.Restart();

        var after = (await signed.Wallet.Describe()).Ledger;
        Assert.Equal((before.Open.Count, before.Cost), (after.Open.Count, after.Cost));
    }

    [Fact]
    public async Task What_is_reserved_is_not_built_upon_again()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var ledger = (await signed.Wallet.Describe()).Ledger;
        var moment = signed.Engine.Service<WalletBook>().Current()!.Moment;
        Assert.Equal(signed.Node.Wallet!.Wrapped.Units - ledger.AmountIn.Units, moment.Wrapped.Units);
        Assert.Equal(signed.Node.Wallet.Balance - ledger.Cost - signed.Terms.Reserve, moment.Balance);
        Assert.Equal(signed.Terms.DailyCostMax - ledger.SpentToday - ledger.Cost, moment.CostLeft);
    }

    [Fact]
    public async Task An_engines_word_keeps_the_reservation_until_the_chain_proves_it_absent()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var id = Ids(signed).First();
        await Resolve(signed, id, BundleOutcomeKind.Refused, OutcomeCause.Outbid);
        Assert.True((await signed.Wallet.Describe()).Ledger.Open[id].IsDoubtful);

        signed.Node.FinalizedHeight = FakeNode.LastValid; // it may land in that very block
        await Pause();
        Assert.Contains(id, (await signed.Wallet.Describe()).Ledger.Open);

        signed.Node.FinalizedHeight = FakeNode.LastValid + 1;
        signed.Node.Presence = SignaturePresence.Pending;
        await Pause();
        Assert.Contains(id, (await signed.Wallet.Describe()).Ledger.Open);

        signed.Node.Presence = SignaturePresence.Absent;
        await SignedEngine.Until(async () => !(await signed.Wallet.Describe()).Ledger.Open.ContainsKey(id));
    }

    [Fact]
    public async Task What_an_engine_called_outbid_and_the_chain_has_counts_against_the_days_cap_also_after_a_restart()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var id = Ids(signed).First();
        await Resolve(signed, id, BundleOutcomeKind.Refused, OutcomeCause.Outbid);
        await signed.Engine.Restart();
        var cost = (await signed.Wallet.Describe()).Ledger.Open[id].Cost;

        (signed.Node.FinalizedHeight, signed.Node.Presence) = (FakeNode.LastValid + 1, SignaturePresence.Final);
        await SignedEngine.Until(async () => !(await signed.Wallet.Describe()).Ledger.Open.ContainsKey(id));

        Assert.Equal(cost, (await signed.Wallet.Describe()).Ledger.SpentToday);
        var lease = await signed.Wallet.Reserve(new WalletReservation
        {
            Opportunity = new OpportunityId(Digest.Of("another"u8)),
            AmountIn = new TokenAmount(1),
            Cost = new Lamports(2),
            Fee = new Lamports(1),
            LastValidBlockHeight = 1,
        });
        var reserved = (await signed.Wallet.Describe()).Ledger.Cost - new Lamports(2);
        Assert.Equal(signed.Terms.DailyCostMax - cost - reserved, lease.Cost);
    }

    [Fact]
    public async Task Landed_tips_count_as_spent_and_open_ones_as_reserved_also_after_a_restart()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var id = Ids(signed).First();
        var tip = (await signed.Wallet.Describe()).Ledger.Open[id].Cost - signed.Terms.Fee;
        await Resolve(signed, id, BundleOutcomeKind.Landed, OutcomeCause.Landed, tip);
        await SignedEngine.Until(async () => !(await signed.Wallet.Describe()).Ledger.Open.ContainsKey(id));
        var before = (await signed.Wallet.Describe()).Ledger;
        Assert.Equal(tip + signed.Terms.Fee, before.SpentToday);

        await signed.Engine.Restart();

        var after = (await signed.Wallet.Describe()).Ledger;
        Assert.Equal((before.SpentToday, before.Cost), (after.SpentToday, after.Cost));
    }

    [Fact]
    public async Task What_may_have_left_without_a_record_of_its_signature_counts_as_spent_once_it_cannot_land()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var id = new OpportunityId(Digest.Of("another"u8));
        await signed.Wallet.Reserve(new WalletReservation
        {
            Opportunity = id,
            AmountIn = new TokenAmount(1),
            Cost = new Lamports(2),
            Fee = new Lamports(1),
            LastValidBlockHeight = 1,
        });
        await signed.Wallet.Settle(BundleOutcome.Unobserved(
            id, BundleOutcomeKind.Unknown, OutcomeCause.Stopped, default, default, 0));
        await SignedEngine.Until(async () => !(await signed.Wallet.Describe()).Ledger.Open.ContainsKey(id));
        Assert.Equal(new Lamports(2), (await signed.Wallet.Describe()).Ledger.SpentToday);
    }

    [Fact]
    public async Task The_day_may_cost_what_is_left_of_its_cap()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var reservation = new WalletReservation
        {
            Opportunity = new OpportunityId(Digest.Of("another"u8)),
            AmountIn = new TokenAmount(1),
            Cost = new Lamports(2),
            Fee = new Lamports(1),
            LastValidBlockHeight = 1,
        };
        var ledger = (await signed.Wallet.Describe()).Ledger;
        var lease = await signed.Wallet.Reserve(reservation);
        Assert.Equal(signed.Terms.DailyCostMax - ledger.Cost, lease.Cost);
        Assert.Equal(signed.Node.Wallet!.Balance - ledger.Cost, lease.Balance);
    }

    [Fact]
    public async Task A_landing_that_was_told_as_refused_is_paid_and_one_that_vanished_is_not_also_after_a_restart()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var (landed, vanished) = (Ids(signed).First(), Ids(signed).Skip(1).First());
        var tip = (await signed.Wallet.Describe()).Ledger.Open[landed].Cost - signed.Terms.Fee;
        await Resolve(signed, landed, BundleOutcomeKind.Refused, OutcomeCause.NotSent);
        await Resolve(signed, landed, BundleOutcomeKind.Landed, OutcomeCause.Landed, tip);
        await Resolve(signed, vanished, BundleOutcomeKind.Landed, OutcomeCause.Landed, new Lamports(1));
        await SignedEngine.Until(async () => !(await signed.Wallet.Describe()).Ledger.Open.ContainsKey(vanished));
        await Resolve(signed, vanished, BundleOutcomeKind.Unknown, OutcomeCause.Unobserved);
        var before = (await signed.Wallet.Describe()).Ledger;
        Assert.Equal(tip + signed.Terms.Fee, before.SpentToday);
        Assert.True(before.Open[vanished].IsDoubtful); // it may land again: what it costs is reserved

        await signed.Engine.Restart();

        var after = (await signed.Wallet.Describe()).Ledger;
        Assert.Equal((before.SpentToday, true), (after.SpentToday, after.Open[vanished].IsDoubtful));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_passed_over_and_counted()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var before = (await signed.Wallet.Describe()).Ledger;
        await signed.Engine.Log.Append(
            new LogPartition(LogTopics.Audit, 1), [new LogEntry(RecordType.Outcome, 1, default, new byte[] { 8 })]);

        await signed.Engine.Restart();

        Assert.Equal(before.Cost, (await signed.Wallet.Describe()).Ledger.Cost);
        Assert.True(signed.Engine.Service<RecordCounts>().Input().Count > 0);
    }

    private static HashSet<OpportunityId> Ids(SignedEngine signed) =>
        [.. signed.Engine.Sender.Submissions.Select(submission => submission.Opportunity)];

    private static async Task Resolve(
        SignedEngine signed, OpportunityId id, BundleOutcomeKind kind, OutcomeCause cause, Lamports tip = default) =>
        Assert.NotNull(await signed.Engine.Grains.GetGrain<IBundleGrain>(id.ToString()).Resolve(new BundleOutcome
        {
            Opportunity = id,
            Kind = kind,
            Cause = cause,
            Slot = new Slot(1_900),
            Realised = Lamports.Zero,
            TipPaid = tip,
            Cursor = default,
            ObservedMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        }));

    /// <summary>Several looks at the node.</summary>
    private static Task Pause() =>
        Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
}
