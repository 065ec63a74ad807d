using Google.Protobuf;
using Mev.Adapters.Tests.Journal;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Journal;
using Mev.Journal.Sinker;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Queries;
using Decision = Mev.Contracts.V1.Decision;

namespace Mev.Adapters.Tests.Stores;

/// <summary>Beliefs behind decisions, from the blobs that their records name.</summary>
public sealed class RecordedContextTests : IDisposable
{
    private const long NsPerSecond = 1_000_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly PlainMeterFactory _meters = new();

    public void Dispose()
    {
        _meters.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_belief_stands_in_the_history_from_the_second_of_its_first_decision_on()
    {
        var sampler = Samplers.Prior(SamplerKind.BetaThompson);
        var beliefs = new List<(long Second, string Id, double Mean)>();
        await using (var log = Parts.Log(_folder.File("journal.db"), _meters))
        {
            for (var second = 0; second < 40; second++)
            {
                if (second % 2 == 0) // every belief is decided with twice
                {
                    sampler.Apply(new LearningEvent
                    {
                        Kind = LearningEventKind.Landed,
                        Arm = 7,
                        Context = default,
                        AtMs = second,
                    });
                    beliefs.Add((1_000 + second, $"{sampler.Id}", sampler.Describe().Arms[7].Mean));
                }
                await log.Append(
                    new LogPartition(LogTopics.Audit, 1), [Skip(sampler, second)],
                    new LogAppend(new LogPartition(LogTopics.Blobs, 0), [Blob(sampler.CanonicalBytes())]));
            }
            await log.Append(
                new LogPartition(LogTopics.Blobs, 0), [Blob(new StrategyParameters { Id = "arb-1" }.Encode())]);
            using var store = Parts.Store(_folder.File("store"));
            await Fill(log, store);
            var all = await store.Posteriors(new PosteriorSearch("arb-1", 0, 2_000 * NsPerSecond, 100));
            Assert.Equal(beliefs, all.Select(row => (row.Second, row.Id, row.Arms[7].Mean)));
            var some = await store.Posteriors(new PosteriorSearch("arb-1", 0, 2_000 * NsPerSecond, 5));
            Assert.Equal(5, some.Length);
            Assert.Equal((all[0].Id, all[^1].Id), (some[0].Id, some[^1].Id));
            Assert.Equal(
                beliefs.Where(belief => belief.Second is >= 1_010 and < 1_020),
                (await store.Posteriors(new PosteriorSearch("arb-1", 1_010 * NsPerSecond, 1_020 * NsPerSecond, 100)))
                    .Select(row => (row.Second, row.Id, row.Arms[7].Mean)));
            Assert.Empty(await store.Posteriors(new PosteriorSearch("arb-2", 0, 2_000 * NsPerSecond, 100)));
        }
        Assert.Equal(
            beliefs.Select(belief => (belief.Id, belief.Id)),
            StoreFile.Rows(
                _folder.File("store"), "SELECT posterior_id, bytes FROM beliefs ORDER BY seq",
                row => (row.GetString(0), $"{Digest.Of(StoreFile.Bytes(row, 1))}")));
    }

    /// <summary>Rows of a batch that was not written come with the batch that is.</summary>
    [Fact]
    public async Task After_a_write_that_failed_its_beliefs_are_told_again()
    {
        var sampler = Samplers.Prior(SamplerKind.BetaThompson);
        await using var log = Parts.Log(_folder.File("journal.db"), _meters);
        await log.Append(
            new LogPartition(LogTopics.Blobs, 0),
            [Blob(new StrategyParameters { Id = "arb-1" }.Encode()), Blob(sampler.CanonicalBytes())]);
        await log.Append(new LogPartition(LogTopics.Audit, 1), [Skip(sampler, 0)]);
        using var inner = Parts.Store(_folder.File("store"));
        var store = new FailingStore(inner);
        var progress = new SinkProgress(_meters);
        using var sink = Parts.Sink(
            log, store, progress, new DecisionSinkOptions { RetryInterval = TimeSpan.FromMilliseconds(20) });
        await sink.StartAsync(CancellationToken.None);
        while (progress.Current.Records < 1)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await sink.StopAsync(CancellationToken.None);
        Assert.Equal(0, store.FailuresLeft);
        var found = await inner.Posteriors(new PosteriorSearch("arb-1", 0, 2_000 * NsPerSecond, 100));
        Assert.Equal($"{sampler.Id}", Assert.Single(found).Id);
    }

    private async Task Fill(Mev.Journal.Sqlite.SqliteLog log, IDecisionStore store)
    {
        using var sink = Parts.Sink(log, store, new SinkProgress(_meters), new DecisionSinkOptions
        {
            DrainTimeout = TimeSpan.FromMinutes(1),
        });
        await sink.StartAsync(CancellationToken.None);
        await sink.StopAsync(CancellationToken.None);
    }

    private static LogEntry Skip(ISampler sampler, int second)
    {
        var decision = new Decision
        {
            Strategy = "arb-1",
            Core = new DecisionCore
            {
                OpportunityId = Bytes(new MadeChance($"{second}").Digest),
                Action = (uint)DecisionAction.Skip,
                ParametersHash = Bytes(new StrategyParameters { Id = "arb-1" }.Hash),
                PosteriorId = Bytes(sampler.Id.Value),
            },
        };
        return new LogEntry(
            RecordType.Skip, (1_000 + second) * NsPerSecond + 17, default,
            new AuditRecord { Decision = decision }.ToByteArray());
    }

    private static LogEntry Blob(byte[] bytes) => new(RecordType.Unknown, 1, Digest.Of(bytes), bytes);

    private static ByteString Bytes(Digest digest) => ByteString.CopyFrom(digest.ToArray());
}
