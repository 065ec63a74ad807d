using System.Runtime.CompilerServices;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Feed;
using Mev.Grains.Tests.Bundles;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Grains.Tests.Feed;

/// <summary>What was in flight when the feed failed still gets its outcome.</summary>
public sealed class FailedFeedTests
{
    private const string Strategy = "arb-1";
    private const string Reason = "the recording was cut";

    private readonly TaskCompletionSource _fails = new();
    private RefusingLog _log = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DrainPace.LockStep)]
    [InlineData(DrainPace.Conflate)]
    public async Task An_outcome_that_comes_after_the_feeds_failure_is_journalled_and_learnt_from(DrainPace pace)
    {
        await using var engine = await Start(pace);
        var (id, bundle) = await Sent(engine);
        await Fail(engine);

        engine.Sender.Tell(Intents.Landed(id));

        await Until(async () => (await bundle.Describe()).Stage == BundleStage.Resolved);
        await Until(async () => (await engine.Grains.GetGrain<IStrategyGrain>(Strategy).Describe()).Tally.Landed == 1);
        Assert.Equal(Reason, engine.Service<FeedProgress>().Current.Trouble);
    }

    [Fact]
    public async Task An_outcome_that_waited_for_the_journal_when_the_feed_failed_is_journalled_once_it_can_be()
    {
        await using var engine = await Start(DrainPace.Conflate);
        var (id, bundle) = await Sent(engine);
        _log.Refused = RecordType.Outcome;
        engine.Sender.Tell(Intents.Landed(id));
        await Until(() => Task.FromResult(engine.Service<FeedProgress>().Current.Trouble == "refused"));
        await Fail(engine);
        Assert.Equal(BundleStage.Sent, (await bundle.Describe()).Stage);

        _log.Refused = RecordType.Unknown;

        await Until(async () => (await bundle.Describe()).Stage == BundleStage.Resolved);
        Assert.Equal(Reason, engine.Service<FeedProgress>().Current.Trouble);
    }

    private async Task<Engine> Start(DrainPace pace)
    {
        var engine = new Engine
        {
            Feed = new ScriptedFeed(FailsOnRequest),
            Settings = { ["Pump:Pace"] = $"{pace}" },
            Services = services => services.AddSingleton<IPartitionedLog>(
                provider => _log = new RefusingLog(provider.GetRequiredService<SqliteLog>())),
        };
        await engine.InitializeAsync();
        return engine;

        async IAsyncEnumerable<FeedEvent[]> FailsOnRequest([EnumeratorCancellation] CancellationToken end)
        {
            yield return [FeedEvent.SlotIs(SlotStatus.Processed, new Slot(1))];
            await _fails.Task.WaitAsync(end);
            throw new FeedException(Reason);
        }
    }

    private async Task Fail(Engine engine)
    {
        _fails.SetResult();
        await Until(() => Task.FromResult(engine.Service<FeedProgress>().Current.IsFailed));
    }

    private static async Task<(OpportunityId Id, IBundleGrain Bundle)> Sent(Engine engine)
    {
        var id = Intents.NewId();
        var bundle = engine.Grains.GetGrain<IBundleGrain>(id.ToString());
        var intent = await Intents.Append(engine.Audit, id, Strategy, [1]);
        Assert.Equal(SendVerdict.Sent, await bundle.Send(intent));
        return (id, bundle);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }
}
