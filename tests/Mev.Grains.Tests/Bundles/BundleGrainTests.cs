using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Bundles;

public sealed class BundleGrainTests(Engine engine) : IClassFixture<Engine>
{
    [Fact]
    public async Task Of_two_strategies_one_holds_the_opportunity()
    {
        var bundle = Bundle(Intents.NewId());
        Assert.True(await bundle.Claim("arb-1"));
        Assert.False(await bundle.Claim("arb-2"));
        Assert.True(await bundle.Claim("arb-1"));
    }

    [Fact]
    public async Task What_leaves_is_what_the_durable_intent_says()
    {
        var id = Intents.NewId();
        Assert.True(await Bundle(id).Claim("arb-1"));
        var intent = await Append(id, "arb-1", [1, 2, 3]);
        Assert.Equal(SendVerdict.Sent, await Bundle(id).Send(intent));
        var sent = Assert.Single(Sent(id));
        Assert.Equal([1, 2, 3], sent.Message.ToArray());
    }

    [Fact]
    public async Task What_was_handed_over_is_not_handed_over_again()
    {
        var id = Intents.NewId();
        var intent = await Append(id, "arb-1", [7]);
        Assert.Equal(SendVerdict.Sent, await Bundle(id).Send(intent));
        Assert.Equal(SendVerdict.Sent, await Bundle(id).Send(intent));
        Assert.Equal([7], Assert.Single(Sent(id)).Message.ToArray());
    }

    [Fact]
    public async Task Of_two_durable_intents_the_first_leaves()
    {
        var id = Intents.NewId();
        var first = await Append(id, "arb-2", [1]);
        var second = await Append(id, "arb-1", [2]);
        Assert.Equal(SendVerdict.Taken, await Bundle(id).Send(second));
        Assert.Equal(SendVerdict.Sent, await Bundle(id).Send(first));
        Assert.Equal([1], Assert.Single(Sent(id)).Message.ToArray());
    }

    [Fact]
    public async Task Nothing_leaves_for_an_intent_that_is_not_in_the_journal()
    {
        var id = Intents.NewId();
        var nowhere = new IntentReference(Intents.Partition, 1_000_000);
        Assert.Equal(SendVerdict.IntentMissing, await Bundle(id).Send(nowhere));
        var other = await Append(Intents.NewId(), "arb-1", [1]);
        Assert.Equal(SendVerdict.IntentMissing, await Bundle(id).Send(other));
        Assert.Empty(Sent(id));
    }

    [Fact]
    public async Task Nothing_leaves_whose_hash_is_not_the_intents()
    {
        var id = Intents.NewId();
        var intent = await Append(id, "arb-1", [1], statedHash: Digest.Of([2]));
        Assert.Equal(SendVerdict.HashMismatch, await Bundle(id).Send(intent));
        Assert.Empty(Sent(id));
    }

    [Fact]
    public async Task The_intent_of_a_strategy_without_the_claim_does_not_leave()
    {
        var id = Intents.NewId();
        Assert.True(await Bundle(id).Claim("arb-1"));
        Assert.Equal(SendVerdict.Taken, await Bundle(id).Send(await Append(id, "arb-2", [1])));
        Assert.Empty(Sent(id));
    }

    [Fact]
    public async Task After_a_stop_is_answered_nothing_leaves_until_it_is_resumed()
    {
        var policy = engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);
        var (before, after) = (Intents.NewId(), Intents.NewId());
        var stopped = await policy.Stop("test");
        Assert.True(stopped.IsStopped);
        Assert.True(await Bundle(before).Claim("arb-1"));
        Assert.Equal(SendVerdict.Stopped, await Bundle(before).Send(await Append(before, "arb-1", [1])));
        Assert.Empty(Sent(before));
        Assert.Equal(BundleStage.Resolved, (await Bundle(before).Describe()).Stage);
        await policy.Resume("test");
        Assert.Equal(SendVerdict.AlreadyResolved, await Bundle(before).Send(await Append(before, "arb-1", [1])));
        Assert.Equal(SendVerdict.Sent, await Bundle(after).Send(await Append(after, "arb-1", [1])));
    }

    [Fact]
    public async Task An_outcome_is_journalled_once()
    {
        var id = Intents.NewId();
        await Bundle(id).Send(await Append(id, "arb-1", [1]));
        var outcome = new BundleOutcome
        {
            Opportunity = id,
            Kind = BundleOutcomeKind.Landed,
            Cause = OutcomeCause.Landed,
            Slot = new Slot(5),
            Realised = new Lamports(10),
            TipPaid = new Lamports(2),
            Cursor = default,
            ObservedMs = 3,
            Tokens = new TokenChanges([new TokenChange(Mints.Wsol, Mints.Usdc, -7)]),
        };
        var reference = await Bundle(id).Resolve(outcome);
        Assert.NotNull(reference);
        Assert.Equal(reference, await Bundle(id).Resolve(outcome));
        Assert.Equal(reference, await Bundle(id).Resolve(outcome with { ObservedMs = 4 }));
        Assert.Equal(0, (await Bundle(id).Describe()).Corrections);
        var partition = new LogPartition(LogTopics.Audit, Intents.Partition);
        var records = await engine.Log.Read(partition, reference.Value.Offset, 1);
        Assert.Equal(RecordType.Outcome, records[0].Entry.Type);
        Assert.Equal(outcome, OutcomeRecords.Read(AuditRecord.Parser.ParseFrom(records[0].Entry.Bytes.Span).Outcome));
    }

    private IBundleGrain Bundle(OpportunityId id) => engine.Grains.GetGrain<IBundleGrain>(id.ToString());

    private IEnumerable<BundleSubmission> Sent(OpportunityId id) =>
        engine.Sender.Submissions.Where(submission => submission.Opportunity == id);

    private Task<IntentReference> Append(
        OpportunityId id, string strategy, byte[] message, Digest? statedHash = null) =>
        Intents.Append(engine.Audit, id, strategy, message, statedHash);
}
