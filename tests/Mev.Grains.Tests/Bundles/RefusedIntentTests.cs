using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Bundles;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Bundles;

/// <summary>An intent that may not leave ends with an outcome, so that it is not open for ever.</summary>
public sealed class RefusedIntentTests(Engine engine) : IClassFixture<Engine>
{
    private static readonly LogPartition Partition = new(LogTopics.Audit, Intents.Partition);

    private IStrategyGrain Strategy => engine.Grains.GetGrain<IStrategyGrain>("arb-1");

    [Fact]
    public async Task One_that_finds_the_opportunity_taken_is_refused_once_and_the_other_leaves()
    {
        var id = Intents.NewId();
        var first = await Append(id, "arb-2");
        var second = await Append(id, "arb-1");
        var refused = Refused();
        Assert.Contains(id, (await Strategy.Resume()).OpenOpportunities);

        Assert.Equal(SendVerdict.Taken, await Bundle(id).Send(second));
        Assert.Equal(SendVerdict.Taken, await Bundle(id).Send(second));
        Assert.Equal(SendVerdict.Sent, await Bundle(id).Send(first));

        ExpectNotSent(Assert.Single(await Outcomes(id)), second);
        Assert.Equal(refused + 2, Refused());
        Assert.DoesNotContain(id, (await Strategy.Resume()).OpenOpportunities);
    }

    [Fact]
    public async Task One_that_comes_after_the_outcome_of_anothers_is_refused()
    {
        var id = Intents.NewId();
        await Bundle(id).Send(await Append(id, "arb-2"));
        await Bundle(id).Resolve(Intents.Landed(id));
        var second = await Append(id, "arb-1");

        Assert.Equal(SendVerdict.Taken, await Bundle(id).Send(second));

        var outcomes = await Outcomes(id);
        Assert.Equal(2, outcomes.Count);
        ExpectNotSent(outcomes[1], second);
    }

    [Fact]
    public async Task A_whole_record_with_another_hash_is_refused_once_and_frees_its_place()
    {
        var id = Intents.NewId();
        var intent = await Intents.Append(engine.Audit, id, "arb-1", [1], Digest.Of([2]));
        Assert.Contains(id, (await Strategy.Resume()).OpenOpportunities);

        Assert.Equal(SendVerdict.HashMismatch, await Bundle(id).Send(intent));
        Assert.Equal(SendVerdict.HashMismatch, await Bundle(id).Send(intent));

        ExpectNotSent(Assert.Single(await Outcomes(id)), intent);
        Assert.DoesNotContain(id, (await Strategy.Resume()).OpenOpportunities);
    }

    /// <summary>The strategy's fold has one of an opportunity open: the first, which may still land.</summary>
    [Fact]
    public async Task A_second_intent_of_the_same_strategy_leaves_the_first_open()
    {
        var id = Intents.NewId();
        var first = await Append(id, "arb-1");

        Assert.Equal(SendVerdict.Taken, await Bundle(id).Send(await Append(id, "arb-1")));

        Assert.Empty(await Outcomes(id));
        Assert.Contains(first, (await Strategy.Resume()).OpenIntents);
        Assert.Equal(SendVerdict.Sent, await Bundle(id).Send(first));
    }

    [Fact]
    public async Task Of_an_open_intent_that_can_be_read_no_longer_the_outcome_is_unknown_once()
    {
        var id = Intents.NewId();
        var intent = await Append(id, "arb-1");

        await Strategy.GiveUp(intent);
        await Strategy.GiveUp(intent);
        await Strategy.GiveUp(intent with { Offset = 1_000_000 });

        var outcome = Assert.Single(await Outcomes(id));
        Assert.Equal((uint)BundleOutcomeKind.Unknown, outcome.Kind);
        Assert.Equal(("arb-1", intent.Offset), (outcome.Strategy, outcome.IntentOffset));
    }

    private static void ExpectNotSent(Outcome outcome, IntentReference intent)
    {
        Assert.Equal((uint)BundleOutcomeKind.Refused, outcome.Kind);
        Assert.Equal((uint)OutcomeCause.NotSent, outcome.Cause);
        Assert.Equal(("arb-1", intent.Offset), (outcome.Strategy, outcome.IntentOffset));
    }

    private async Task<List<Outcome>> Outcomes(OpportunityId id)
    {
        var outcomes = new List<Outcome>();
        await foreach (var record in engine.Log.ReadAll(Partition, 0))
        {
            if (record.Entry.Type == RecordType.Outcome && record.Entry.Key == id.Value)
                outcomes.Add(AuditRecords.Read(record)!.Outcome);
        }
        return outcomes;
    }

    private long Refused() => engine.Service<BundleCounts>().Input()
        .Single(count => count.Name == "bundles.intents-refused").Count;

    private IBundleGrain Bundle(OpportunityId id) => engine.Grains.GetGrain<IBundleGrain>(id.ToString());

    private Task<IntentReference> Append(OpportunityId id, string strategy) =>
        Intents.Append(engine.Audit, id, strategy, [1]);
}
