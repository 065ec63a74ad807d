using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Opportunities;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Feed;
using Mev.Grains.Tests.Signing;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Grains.Tests.Bundles;

/// <summary>A sender that throws over the bytes it was given, which may have left.</summary>
public sealed class FailingSenderTests : IAsyncLifetime
{
    private const string Strategy = "arb-1";
    private const int AttemptsMax = 3;

    private readonly CutOffSender _sender = new(failures: int.MaxValue);
    private readonly Engine _engine;

    public FailingSenderTests() => _engine = new Engine
    {
        Services = services => services.AddSingleton<IBundleSender>(_sender),
    };

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_round_is_decided_although_the_sender_fails()
    {
        var strategy = _engine.Grains.GetGrain<IStrategyGrain>(Strategy);
        Assert.True(await strategy.Decide(Batch(1, 1)) > 0);
        Assert.True(await strategy.Decide(Batch(2, 2)) > 1);
        Assert.Equal(2, _sender.Given.Count);
    }

    [Fact]
    public async Task What_may_have_left_is_unknown_until_something_is_observed()
    {
        var (id, intent) = await New();
        Assert.Equal(SendVerdict.InDoubt, await Bundle(id).Send(intent));

        Assert.Equal(BundleStage.Sent, (await Bundle(id).Describe()).Stage);
        var unknown = Assert.Single(await Records(id, RecordType.Outcome)).Outcome;
        Assert.Equal(
            ((uint)BundleOutcomeKind.Unknown, (uint)OutcomeCause.Unobserved), (unknown.Kind, unknown.Cause));
        Assert.NotNull(await Bundle(id).Resolve(Intents.Landed(id)));
        Assert.Equal(BundleOutcomeKind.Landed, (await Bundle(id).Describe()).Outcome!.Kind);
    }

    [Fact]
    public async Task Asked_again_without_end_it_tries_a_few_times_with_pauses_between()
    {
        var (id, intent) = await New();
        for (var i = 0; i < 100; i++) Assert.Equal(SendVerdict.InDoubt, await Bundle(id).Send(intent));
        Assert.Single(await Records(id, RecordType.Attempt));

        while (_sender.Given.Count < AttemptsMax) await Again(id, intent);
        await Task.Delay(
            TimeSpan.FromMilliseconds(1_200), TimeProvider.System, TestContext.Current.CancellationToken);
        await Again(id, intent);

        Assert.Equal(AttemptsMax, (await Records(id, RecordType.Attempt)).Count);
        Assert.Single(await Records(id, RecordType.Outcome));
        Assert.Equal(AttemptsMax, _engine.Service<EngineInput>().Read()
            .Single(count => count.Name == "bundles.hand-overs-failed").Count);
    }

    [Fact]
    public async Task Closed_by_a_stop_it_is_not_tried_again_and_never_booked_as_not_sent()
    {
        var id = Intents.NewId();
        Assert.True(await Bundle(id).Claim(Strategy));
        var intent = await Intents.Append(_engine.Audit, id, Strategy, [1]);
        await Bundle(id).Send(intent);
        var policy = _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);
        await policy.Stop("test");
        while (await Bundle(id).Send(intent) != SendVerdict.Stopped)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        await policy.Resume("test");

        Assert.Equal(SendVerdict.Stopped, await Bundle(id).Send(intent));
        Assert.Single(_sender.Given);
        Assert.All(
            await Records(id, RecordType.Outcome),
            record => Assert.Equal((uint)BundleOutcomeKind.Unknown, record.Outcome.Kind));
    }

    private async Task Again(OpportunityId id, IntentReference intent)
    {
        Assert.Equal(SendVerdict.InDoubt, await Bundle(id).Send(intent));
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private async Task<(OpportunityId Id, IntentReference Intent)> New()
    {
        var id = Intents.NewId();
        return (id, await Intents.Append(_engine.Audit, id, Strategy, [1]));
    }

    private async Task<IReadOnlyList<AuditRecord>> Records(OpportunityId id, RecordType type)
    {
        var records = await _engine.Log.Read(new LogPartition(LogTopics.Audit, Intents.Partition), 0, 1_000);
        return [.. records.Where(record => record.Entry.Type == type && record.Entry.Key == id.Value)
            .Select(record => AuditRecords.Parse(record)!)];
    }

    private IBundleGrain Bundle(OpportunityId id) => _engine.Grains.GetGrain<IBundleGrain>(id.ToString());

    private static OpportunityBatch Batch(ulong position, int chance) => new()
    {
        Cursor = new Domain.Feed.FeedCursor(position, new Domain.Chain.Slot(100), 0),
        Opportunities = [Chances.Of(chance)],
        Counts = default,
        Best = [],
    };
}
