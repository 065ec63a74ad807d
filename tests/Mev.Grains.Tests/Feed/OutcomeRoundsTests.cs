using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Feed;
using Mev.Grains.Tests.Bundles;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Grains.Tests.Feed;

/// <summary>Outcomes that are told together share a commit, and stand in the journal as they were told.</summary>
public sealed class OutcomeRoundsTests
{
    private const int Outcomes = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Outcomes_of_a_round_are_queued_together_in_their_order_and_journalled_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var engine = new Engine
        {
            Services = services => services.AddSingleton<IPartitionedLog>(
                provider => new GatheringLog(provider.GetRequiredService<SqliteLog>(), Outcomes)),
        };
        await engine.InitializeAsync();
        await Until(() => engine.Service<FeedProgress>().Current.IsComplete); // from then on nobody else resolves
        var told = new List<OpportunityId>();
        for (var i = 0; i < Outcomes; i++)
        {
            told.Add(Intents.NewId());
            var intent = await Intents.Append(engine.Audit, told[i], "arb-1", [1]);
            await engine.Grains.GetGrain<IBundleGrain>(told[i].ToString()).Send(intent);
        }
        foreach (var id in told) engine.Sender.Tell(Intents.Landed(id));
        engine.Sender.Tell(Intents.Landed(told[0])); // the same again

        var resolved = engine.Service<OutcomeRounds>().ResolveSeen(cancellation);
        await resolved.WaitAsync(Patience, TimeProvider.System, cancellation);

        var journalled = new List<OpportunityId>();
        await foreach (var record in engine.Log.ReadAll(new LogPartition(LogTopics.Audit, Intents.Partition), 0))
            if (record.Entry.Type == RecordType.Outcome) journalled.Add(new OpportunityId(record.Entry.Key));
        Assert.Equal(told, journalled);
    }

    [Fact]
    public async Task Of_one_bundle_the_later_outcome_waits_for_the_earlier_and_holds()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var engine = new Engine
        {
            Services = services => services.AddSingleton<IPartitionedLog>(
                provider => new RefusingLog(provider.GetRequiredService<SqliteLog>())),
        };
        await engine.InitializeAsync();
        await Until(() => engine.Service<FeedProgress>().Current.IsComplete);
        var id = Intents.NewId();
        var bundle = engine.Grains.GetGrain<IBundleGrain>(id.ToString());
        await bundle.Send(await Intents.Append(engine.Audit, id, "arb-1", [1]));
        var log = (RefusingLog)engine.Service<IPartitionedLog>();
        (log.Refused, log.Times) = (RecordType.Outcome, 1); // the journal refuses the first alone, once
        var landed = Intents.Landed(id);
        engine.Sender.Tell(landed with
        {
            Kind = BundleOutcomeKind.Refused,
            Cause = OutcomeCause.Outbid,
            Realised = Lamports.Zero,
            TipPaid = Lamports.Zero,
        });
        engine.Sender.Tell(landed);

        var resolved = engine.Service<OutcomeRounds>().ResolveSeen(cancellation);
        await resolved.WaitAsync(Patience, TimeProvider.System, cancellation);

        var view = await bundle.Describe();
        Assert.Equal((landed, 1), (view.Outcome, view.Corrections));
    }

    private static async Task Until(Func<bool> isSo)
    {
        for (var i = 0; !isSo(); i++)
        {
            Assert.True(i < 1_000, "it did not come within ten seconds");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }
}
