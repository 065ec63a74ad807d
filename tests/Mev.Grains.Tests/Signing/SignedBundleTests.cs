using System.Collections.Frozen;
using Google.Protobuf;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Wallets;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Replay;
using DecisionCore = Mev.Contracts.V1.DecisionCore;

namespace Mev.Grains.Tests.Signing;

/// <summary>From a decision to signed bytes, with everything real but node and sender.</summary>
public sealed class SignedBundleTests
{
    private const string Strategy = "arb-1";

    [Fact]
    public async Task What_leaves_is_the_durable_message_signed_by_the_wallet()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var intents = (await signed.Records(RecordType.Intent)).ToDictionary(
            intent => new Digest(intent.Body.Decision.Core.OpportunityId.Span), intent => intent.Body.Decision.Core);
        Assert.NotEmpty(signed.Engine.Sender.Submissions);
        foreach (var submission in signed.Engine.Sender.Submissions)
        {
            var core = intents[submission.Opportunity.Value];
            Assert.Equal(core.Message.ToArray(), submission.Message.ToArray());
            var transaction = Transaction.Read(Assert.Single(submission.Transactions).Span, out _);
            Assert.NotNull(transaction);
            Assert.Equal(core.Message.ToArray(), transaction.Message.ToArray());
            Assert.Equal(signed.Key.Sign(core.Message.Span), Assert.Single(transaction.Signatures));
            Assert.Equal(FakeNode.LastValid, submission.LastValidBlockHeight);
            var message = MessageBytes.Read(core.Message.Span, out _);
            Assert.NotNull(message);
            Assert.Equal((signed.Key.Address, FakeNode.Latest), (message.Payer, message.RecentBlockhash));
        }
    }

    [Fact]
    public async Task Attempts_hold_the_signatures_and_no_intent_is_attempted_with_two()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var attempts = await signed.Records(RecordType.Attempt);
        Assert.NotEmpty(attempts);
        Assert.All(attempts, attempt => Assert.Single(attempt.Body.Attempt.Signatures));
        Assert.All(
            attempts.GroupBy(attempt => attempt.Record.Entry.Key),
            same => Assert.Single(same.Select(attempt => attempt.Body.Attempt.Signatures[0]).Distinct()));
    }

    [Fact]
    public async Task Every_decision_replays_to_the_same_message()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        await AssertReplays(signed);
    }

    /// <summary>What a check of a cap read is in the record, of submits and of blocks at every scope.</summary>
    [Fact]
    public async Task Decisions_at_caps_replay_to_the_same_bytes()
    {
        var pools = await SignedEngine.Pools();
        await using var signed = await SignedEngine.Start(made => made.Caps =
        [
            new Cap(CapScope.Strategy, Strategy, LimitRule.AmountIn, 900_000_000),
            new Cap(CapScope.Wallet, $"{made.Key.Address}", LimitRule.DayAmountIn, 700_000_000),
            .. pools.Select(pool => new Cap(CapScope.Pool, $"{pool}", LimitRule.OpenSubmissions, 2)).Order(),
            new Cap(CapScope.Token, $"{Mints.Wsol}", LimitRule.AmountIn, 500_000_000),
        ]);
        await signed.Finished();
        await AssertReplays(signed);
        var blocks = (await signed.Records(RecordType.Block)).Select(block => block.Body.Decision.Core.Checks[^1]);
        Assert.Equal(
            [CapScope.Strategy, CapScope.Wallet, CapScope.Pool, CapScope.Token],
            blocks.Where(check => check is { Passed: false, Scope: not 0 }).Select(check => (CapScope)check.Scope)
                .Distinct().Order());
        Assert.Contains(
            (await signed.Records(RecordType.Intent)).SelectMany(intent => intent.Body.Decision.Core.Checks),
            check => check is { Scope: (uint)CapScope.Wallet, Used: > 0 });
    }

    [Theory]
    [InlineData(20_000L, 9_500)]
    [InlineData(null, 2_000)]
    public async Task Under_the_signers_bounds_tips_are_decided_that_it_signs(long? max, int share)
    {
        var tipMax = max is { } lamports ? new Lamports(lamports) : (Lamports?)null;
        await using var signed = await SignedEngine.Start(
            SignedEngine.Simulated with { TipMax = tipMax, TipShareMaxBasisPoints = share });
        await signed.Finished();
        Assert.Empty(await signed.Records(RecordType.SigningRefusal));
        Assert.All(await signed.Records(RecordType.Intent), intent => Assert.InRange(
            intent.Body.Decision.Core.Tip, 1_000, max ?? intent.Body.Decision.Core.Value / 5));
        await AssertReplays(signed);
    }

    [Fact]
    public async Task A_skip_that_the_bounds_alone_explain_replays_as_one()
    {
        await using var signed = await SignedEngine.Start(
            SignedEngine.Simulated with { TipMax = new Lamports(999) }); // below every tip
        await signed.Finished();
        Assert.Empty(await signed.Records(RecordType.Intent));
        Assert.Contains(await signed.Records(RecordType.Skip), skip => !skip.Body.Decision.Core.TermsHash.IsEmpty);
        await AssertReplays(signed, RecordType.Skip);
    }

    [Fact]
    public async Task A_chance_larger_than_what_is_at_hand_is_taken_in_part_and_replays()
    {
        DecisionCore whole;
        await using (var rich = await SignedEngine.Start())
        {
            await rich.Finished();
            whole = (await rich.Records(RecordType.Intent))[0].Body.Decision.Core;
        }
        var atHand = whole.Hops[0].AmountIn / 2;
        await using var signed = await SignedEngine.Start(
            made => made.Node.Wallet = made.Node.Wallet! with { Wrapped = new TokenAmount(atHand) });
        await signed.Finished();
        var part = (await signed.Records(RecordType.Intent))[0].Body.Decision.Core;
        Assert.Equal((whole.OpportunityId, atHand), (part.OpportunityId, part.AtHand));
        Assert.InRange(part.Hops[0].AmountIn, 1UL, atHand);
        await AssertReplays(signed);
    }

    [Fact]
    public async Task Messages_take_from_lookup_tables_are_signed_by_what_these_hold_and_replay_equal()
    {
        var tables = await SignedEngine.Tables();
        await using var signed = await SignedEngine.Start(
            made => made.Node.Wallet = made.Node.Wallet! with { Tables = tables });
        await signed.Finished();
        var messages = signed.Engine.Sender.Submissions
            .Select(submission => MessageBytes.Read(submission.Message.Span, out _)!).ToList();
        Assert.NotEmpty(messages);
        Assert.All(messages, message => Assert.NotEmpty(message.Lookups));
        Assert.Empty(await signed.Records(RecordType.SigningRefusal));
        await AssertReplays(signed);
    }

    [Fact]
    public async Task A_table_that_goes_between_building_and_signing_refuses_by_rule_and_nothing_of_it_leaves()
    {
        var tables = await SignedEngine.Tables();
        await using var signed = await SignedEngine.Start(made =>
        {
            made.Node.Wallet = made.Node.Wallet! with { Tables = tables };
            made.Builder = real => new TableLosingBuilder(real, () =>
            {
                made.Node.Wallet = made.Node.Wallet! with { Tables = [] };
                made.Engine.Service<WalletBook>().Observe(
                    made.Key.Address, made.Node.Wallet, TimeProvider.System.GetTimestamp());
            });
        });
        await signed.Finished();
        var refusals = await signed.Records(RecordType.SigningRefusal);
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal =>
        {
            Assert.Equal("shape", refusal.Body.SigningRefusal.RuleId);
            Assert.Contains("lookup table that is not known", refusal.Body.SigningRefusal.Sentence);
        });
        Assert.All(
            signed.Engine.Sender.Submissions,
            submission => Assert.Empty(MessageBytes.Read(submission.Message.Span, out _)!.Lookups));
        var outcomes = await signed.Records(RecordType.Outcome);
        Assert.Equal(
            refusals.Select(refusal => refusal.Body.SigningRefusal.OpportunityId).Order(ById),
            outcomes.Select(outcome => outcome.Body.Outcome.OpportunityId).Order(ById));
        Assert.All(outcomes, outcome => Assert.Equal((uint)OutcomeCause.NotSigned, outcome.Body.Outcome.Cause));
        await AssertReplays(signed); // what was built is built again of the tables that it was built with
    }

    private static Comparer<ByteString> ById { get; } =
        Comparer<ByteString>.Create((one, other) => one.Span.SequenceCompareTo(other.Span));

    private static async Task AssertReplays(SignedEngine signed, RecordType expected = RecordType.Intent)
    {
        var replay = new DecisionReplay(BundleBuilders.For);
        var blobs = signed.Engine.Service<Blobs>();
        var records = await signed.Records(RecordType.Intent, RecordType.Block, RecordType.Skip);
        Assert.Contains(records, record => record.Record.Entry.Type == expected);
        foreach (var (record, body) in records)
        {
            var named = new Dictionary<Digest, ReadOnlyMemory<byte>>();
            foreach (var (hash, _) in NamedBlobs.Of(body.Decision.Core))
                if (await blobs.Read(hash) is { } bytes) named[hash] = bytes;
            var report = replay.Run(
                record.Entry.Bytes, LeafHash.Of(record.Entry.Bytes.Span),
                hash => named.TryGetValue(hash, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?));
            Assert.True(report.Verdict is ReplayVerdict.Equal or ReplayVerdict.EqualWithoutSizing, report.Text);
        }
    }

    [Fact]
    public async Task A_refused_bundle_does_not_leave_and_its_rule_is_journalled()
    {
        await using var signed = await SignedEngine.Start(
            SignedEngine.Simulated with { Programs = FrozenSet.Create(Programs.ComputeBudget, Programs.System) });
        await signed.Finished();
        Assert.Empty(signed.Engine.Sender.Submissions);
        Assert.Empty(await signed.Records(RecordType.Attempt));
        var intents = await signed.Records(RecordType.Intent);
        var refusals = await signed.Records(RecordType.SigningRefusal);
        Assert.Equal(
            intents.Select(intent => intent.Body.Decision.Core.OpportunityId).ToHashSet(),
            refusals.Select(refusal => refusal.Body.SigningRefusal.OpportunityId).ToHashSet());
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal => Assert.Equal("programs", refusal.Body.SigningRefusal.RuleId));
        Assert.All(
            await signed.Records(RecordType.Outcome),
            outcome => Assert.Equal(
                ((uint)BundleOutcomeKind.Refused, (uint)OutcomeCause.NotSigned),
                (outcome.Body.Outcome.Kind, outcome.Body.Outcome.Cause)));
        Assert.Empty((await signed.Wallet.Describe()).Ledger.Open);
    }

    [Fact]
    public async Task What_the_day_may_cost_no_more_is_blocked_by_the_decision_and_leaves_no_intent()
    {
        await using var signed = await SignedEngine.Start(
            SignedEngine.Simulated with { DailyCostMax = new Lamports(1) });
        await signed.Finished();
        Assert.Empty(await signed.Records(RecordType.Intent, RecordType.SigningRefusal, RecordType.Outcome));
        var blocks = (await signed.Records(RecordType.Block)).Select(block => block.Body.Decision.Core)
            .Where(core => core.Reason == (uint)DecisionReason.DayCostReached).ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, core => Assert.Equal((true, 1L), (core.Moment.HasCostLeft, core.Moment.CostLeft)));
    }

    [Fact]
    public async Task On_mainnet_a_mode_that_is_not_live_signs_nothing()
    {
        await using var signed = await SignedEngine.Start(made => made.Node.Chain = Genesis.Mainnet);
        await signed.Finished();
        Assert.Empty(signed.Engine.Sender.Submissions);
        var refusals = await signed.Records(RecordType.SigningRefusal);
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal => Assert.Equal("network", refusal.Body.SigningRefusal.RuleId));
    }

    [Fact]
    public async Task Without_a_fresh_blockhash_decisions_are_blocked_by_name()
    {
        await using var signed = await SignedEngine.Start(made => made.Node.Wallet = null);
        await signed.Finished();
        Assert.Empty(signed.Engine.Sender.Submissions);
        Assert.Empty(await signed.Records(RecordType.Intent));
        var blocks = await signed.Records(RecordType.Block);
        Assert.Contains(blocks, block => block.Body.Decision.Core.Reason == (uint)DecisionReason.ChainStale);
    }

    [Fact]
    public async Task After_a_restart_the_same_bytes_leave_again()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        var before = signed.Engine.Sender.Submissions.ToDictionary(
            submission => submission.Opportunity, submission => submission.Transactions[0].ToArray());
        signed.Engine.Sender.Submissions.Clear();

        await signed.Engine.Restart();
        await signed.Finished();

        Assert.NotEmpty(signed.Engine.Sender.Submissions);
        Assert.All(
            signed.Engine.Sender.Submissions,
            submission => Assert.Equal(before[submission.Opportunity], submission.Transactions[0].ToArray()));
    }

    [Fact]
    public async Task Cut_off_in_the_middle_of_a_hand_over_the_same_bytes_leave_later_and_no_others()
    {
        var sender = new CutOffSender();
        await using var signed = await SignedEngine.Start(made => made.Sender = sender);
        await signed.Finished();
        Assert.NotEmpty(sender.Given);
        Assert.Empty(sender.Taken);

        await SignedEngine.Until(async () =>
        {
            var resume = await signed.Engine.Grains.GetGrain<IStrategyGrain>(Strategy).Resume();
            foreach (var (intent, opportunity) in resume.OpenIntents.Zip(resume.OpenOpportunities))
                await signed.Engine.Grains.GetGrain<IBundleGrain>(opportunity.ToString()).Send(intent);
            return sender.Taken.Count * 2 == sender.Given.Count;
        });

        foreach (var same in sender.Given.GroupBy(submission => submission.Opportunity))
        {
            Assert.Single(same.Select(submission => Convert.ToHexString(submission.Transactions[0].Span)).Distinct());
            Assert.Contains(sender.Taken, taken => taken.Opportunity == same.Key);
        }
        Assert.Equal(
            (await signed.Records(RecordType.Intent)).Select(intent => intent.Record.Entry.Key).ToHashSet(),
            sender.Taken.Select(taken => taken.Opportunity.Value).ToHashSet());
    }

    [Fact]
    public async Task After_a_stop_nothing_is_signed()
    {
        await using var signed = await SignedEngine.Start();
        await signed.Finished();
        await signed.Engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Stop("test");
        await signed.Engine.Restart();
        signed.Engine.Sender.Submissions.Clear();
        var resume = await signed.Engine.Grains.GetGrain<IStrategyGrain>(Strategy).Resume();
        foreach (var (intent, opportunity) in resume.OpenIntents.Zip(resume.OpenOpportunities))
        {
            Assert.Equal(
                SendVerdict.Stopped,
                await signed.Engine.Grains.GetGrain<IBundleGrain>(opportunity.ToString()).Send(intent));
        }
        Assert.Empty(signed.Engine.Sender.Submissions);
        Assert.NotEmpty((await signed.Wallet.Describe()).Ledger.Open); // what may have left stays reserved
    }
}
