using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Strategies;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Bundles;

/// <summary>What a silo that starts again knows of what an earlier one submitted.</summary>
public sealed class BundleRestartTests
{
    private const string Strategy = "arb-1";
    private const int ChanceCount = 8;

    [Fact]
    public async Task After_a_restart_nobody_claims_what_has_a_durable_intent()
    {
        await using var engine = new Engine();
        await engine.InitializeAsync();
        var (open, resolved, unclaimed) = (Intents.NewId(), Intents.NewId(), Intents.NewId());
        await Bundle(engine, open).Send(await Intents.Append(engine.Audit, open, Strategy, [1]));
        await Bundle(engine, resolved).Send(await Intents.Append(engine.Audit, resolved, Strategy, [1]));
        await Bundle(engine, resolved).Resolve(Intents.Landed(resolved));
        Assert.True(await Bundle(engine, unclaimed).Claim(Strategy));

        await engine.Restart();

        foreach (var strategy in new[] { Strategy, "arb-2" })
        {
            Assert.False(await Bundle(engine, open).Claim(strategy));
            Assert.False(await Bundle(engine, resolved).Claim(strategy));
        }
        Assert.True(await Bundle(engine, unclaimed).Claim("arb-2"));
    }

    [Fact]
    public async Task The_same_chances_again_after_a_restart_are_not_submitted_again()
    {
        await using var engine = new Engine();
        await engine.InitializeAsync();
        Assert.Empty(await SubmittedTwice(engine));
    }

    [Fact]
    public async Task Claims_that_forget_the_journal_submit_the_same_chances_again()
    {
        await using var engine = new Engine { Rule = WriteAheadRule.ForgetIntents };
        await engine.InitializeAsync();
        Assert.NotEmpty(await SubmittedTwice(engine));
    }

    [Fact]
    public async Task Stopped_after_a_restart_an_intent_that_may_have_left_ends_as_unknown_once_and_never_leaves()
    {
        await using var engine = new Engine();
        await engine.InitializeAsync();
        var id = Intents.NewId();
        var intent = await Intents.Append(engine.Audit, id, Strategy, [1]);
        Assert.Equal(SendVerdict.Sent, await Bundle(engine, id).Send(intent));
        await engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Stop("test");

        engine.Sender.Submissions.Clear();
        for (var restart = 0; restart < 2; restart++)
        {
            await engine.Restart();
            Assert.Equal(SendVerdict.Stopped, await Bundle(engine, id).Send(intent));
            Assert.Equal(SendVerdict.Stopped, await Bundle(engine, id).Send(intent));
        }
        var outcome = Assert.Single(await Outcomes(engine, id));
        Assert.Equal((BundleOutcomeKind.Unknown, OutcomeCause.Stopped), (outcome.Kind, outcome.Cause));

        await engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Resume("test");
        Assert.Equal(SendVerdict.Stopped, await Bundle(engine, id).Send(intent));
        await engine.Restart();
        Assert.Equal(SendVerdict.Stopped, await Bundle(engine, id).Send(intent));
        Assert.Empty(engine.Sender.Submissions);
        Assert.NotNull(await Bundle(engine, id).Resolve(Intents.Landed(id))); // evidence that comes later still counts
    }

    /// <summary>Opportunities of one batch, offered before and after a restart, that left more than once.</summary>
    private static async Task<List<OpportunityId>> SubmittedTwice(Engine engine)
    {
        var chances = Enumerable.Range(1, ChanceCount).Select(Chances.Of).ToList();
        await engine.Grains.GetGrain<IStrategyGrain>(Strategy).Decide(Batch(1, chances));
        Assert.NotEmpty(engine.Sender.Submissions);
        foreach (var sent in engine.Sender.Submissions.ToList())
            await Bundle(engine, sent.Opportunity).Resolve(Intents.Landed(sent.Opportunity));
        await engine.Restart();
        await engine.Grains.GetGrain<IStrategyGrain>(Strategy).Decide(Batch(2, chances));
        return [.. engine.Sender.Submissions.GroupBy(sent => sent.Opportunity).Where(group => group.Count() > 1)
            .Select(group => group.Key)];
    }

    private static async Task<IReadOnlyList<BundleOutcome>> Outcomes(Engine engine, OpportunityId id)
    {
        var records = await engine.Log.Read(new LogPartition(LogTopics.Audit, Intents.Partition), 0, 1_000);
        return [.. records.Where(record => record.Entry.Type == RecordType.Outcome && record.Entry.Key == id.Value)
            .Select(record => OutcomeRecords.Read(AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span).Outcome))];
    }

    private static IBundleGrain Bundle(Engine engine, OpportunityId id) =>
        engine.Grains.GetGrain<IBundleGrain>(id.ToString());

    private static OpportunityBatch Batch(ulong position, IReadOnlyList<Opportunity> chances) => new()
    {
        Cursor = new Domain.Feed.FeedCursor(position, new Slot(100), 0),
        Opportunities = [.. chances],
        Counts = default,
        Best = [],
    };
}
