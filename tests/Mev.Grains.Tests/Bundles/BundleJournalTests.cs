using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Grains.Tests.Bundles;

/// <summary>A bundle whose journal refuses what it has to write, or fails for it and takes it all the same.</summary>
public sealed class BundleJournalTests : IAsyncLifetime
{
    private const string Strategy = "arb-1";

    private readonly Engine _engine;
    private RefusingLog _log = null!;

    public BundleJournalTests() => _engine = new Engine
    {
        Services = services => services.AddSingleton<IPartitionedLog>(
            provider => _log = new RefusingLog(provider.GetRequiredService<SqliteLog>())),
    };

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Without_the_record_of_an_attempt_nothing_leaves()
    {
        var (id, bundle) = New();
        var intent = await Intents.Append(_engine.Audit, id, Strategy, [1]);
        _log.Refused = RecordType.Attempt;

        await Assert.ThrowsAnyAsync<Exception>(async () => await bundle.Send(intent));
        Assert.Empty(_engine.Sender.Submissions);

        _log.Refused = RecordType.Unknown;
        Assert.Equal(SendVerdict.Sent, await bundle.Send(intent));
        Assert.Single(_engine.Sender.Submissions);
    }

    /// <summary>The sender has its bytes each time, so it is not as often as somebody asks.</summary>
    [Fact]
    public async Task What_was_sent_while_its_attempt_failed_is_sent_again_a_few_times_only()
    {
        var (id, bundle) = New();
        var intent = await Intents.Append(_engine.Audit, id, Strategy, [1]);
        _log.CalledFailed = RecordType.Attempt;
        SendVerdict? verdict = null;
        var deadline = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(3))
        {
            try
            {
                verdict = await bundle.Send(intent);
            }
            catch (JournalUnavailableException)
            {
                verdict = null;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal(SendVerdict.InDoubt, verdict);
        Assert.Equal(3, _engine.Sender.Submissions.Count);
    }

    [Fact]
    public async Task An_outcome_whose_append_failed_and_became_durable_is_in_the_journal_once()
    {
        var (id, bundle) = New();
        await bundle.Send(await Intents.Append(_engine.Audit, id, Strategy, [1]));
        _log.CalledFailed = RecordType.Outcome;
        await Assert.ThrowsAnyAsync<Exception>(async () => await bundle.Resolve(Intents.Landed(id)));
        _log.CalledFailed = RecordType.Unknown;

        var resolved = await bundle.Resolve(Intents.Landed(id));

        var partition = new LogPartition(LogTopics.Audit, Intents.Partition);
        var outcome = Assert.Single(
            await _log.Read(partition, 0, 1_000, TestContext.Current.CancellationToken),
            record => record.Entry.Type == RecordType.Outcome);
        Assert.Equal(outcome.Offset, resolved!.Value.Offset);
    }

    private (OpportunityId Id, IBundleGrain Bundle) New()
    {
        var id = Intents.NewId();
        return (id, _engine.Grains.GetGrain<IBundleGrain>(id.ToString()));
    }
}
