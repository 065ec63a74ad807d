using Mev.Adapters.Kafka;
using Mev.Adapters.Tests.Journal;
using Mev.Fixtures;
using Mev.Fixtures.Kafka;
using Mev.Journal;

namespace Mev.Adapters.Tests.Kafka;

[Collection(KafkaCollection.Name)]
public sealed class KafkaLogTests(KafkaBroker broker)
{
    private static readonly LogPartition Blobs = new(LogTopics.Blobs, 0);
    private static readonly KafkaTopic[] Topics = [new(LogTopics.Audit, 2), new(LogTopics.Blobs, 1)];

    private readonly KafkaLogOptions _options = KafkaLogs.Options(broker);

    [Fact]
    public async Task What_was_acknowledged_survives_the_death_of_the_broker_and_appends_go_on()
    {
        await using var log = await KafkaLogs.Open(_options, Topics);
        await log.Append(Records.Audit, Records.Many(100));

        broker.Kill();
        var lost = await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await log.Append(Records.Audit, Records.Many(1, "lost")));
        Assert.Contains("mev.audit/1", lost.Message, StringComparison.Ordinal);
        Assert.False(log.IsAvailable);
        broker.Restart();
        await TakesAppends(log);

        Assert.Equal(100, await log.Append(Records.Audit, Records.Many(1, "after")));
        Assert.Equal(
            [.. Enumerable.Range(0, 100).Select(i => $"r{i}"), "after0"],
            (await log.All(Records.Audit)).Select(record => record.Text()));
    }

    [Fact]
    public async Task A_broker_that_hangs_fails_appends_within_their_time_and_is_used_again_once_it_answers()
    {
        await using var log = await KafkaLogs.Open(_options, Topics);
        await log.Append(Records.Audit, Records.Many(1));

        broker.Freeze();
        var started = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await log.Append(Records.Audit, Records.Many(1, "in doubt")));
        var took = TimeProvider.System.GetElapsedTime(started);
        Assert.InRange(took, _options.AppendTimeout, TimeSpan.FromSeconds(60)); // of a busy machine, for one that hangs
        Assert.Equal(TimeSpan.Zero, log.Lag);
        broker.Thaw();
        await TakesAppends(log);

        // What failed may be in it or not: nobody was told that it is.
        var offset = await log.Append(Records.Audit, Records.Many(1, "after"));
        Assert.InRange(offset, 1, 2);
        var texts = (await log.All(Records.Audit)).Select(record => record.Text()).ToList();
        Assert.Equal(["r0", "after0"], texts.Where(text => text != "in doubt0"));
        Assert.Equal(offset + 1, texts.Count);
    }

    [Fact]
    public async Task What_names_something_that_is_not_durable_is_not_appended()
    {
        await using var log = await KafkaLogs.Open(_options, Topics);
        var nowhere = new LogAppend(new LogPartition(LogTopics.Blobs, 9), Records.Many(1, "blob"));

        await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await log.Append(Records.Audit, Records.Many(1, "intent"), nowhere));

        Assert.Equal(0, await log.Append(Records.Audit, Records.Many(1, "next")));
        Assert.Equal(0, await log.End(Blobs));
    }

    [Fact]
    public async Task Two_processes_that_append_between_each_other_are_told()
    {
        await using var ours = await KafkaLogs.Open(_options, Topics);
        await using var theirs = KafkaLogs.Open(_options);
        var (told, whole) = (0, 0);

        async Task Append(KafkaLog log)
        {
            for (var i = 0; i < 20; i++)
            {
                try
                {
                    // Longer than one request to the broker, so that another's may come in between.
                    var first = await log.Append(Records.Audit, Records.Many(3_000, $"{i}.", padding: 1_000));
                    var read = await log.Read(Records.Audit, first, 3_000);
                    Assert.Equal(
                        Enumerable.Range(0, read.Count).Select(n => $"{i}.{n}"), read.Select(record => record.Text()));
                    Interlocked.Increment(ref whole);
                }
                catch (JournalUnavailableException e) when (e.Message.Contains("another process"))
                {
                    Interlocked.Increment(ref told);
                }
            }
        }

        await Task.WhenAll(Append(ours), Append(theirs));
        Assert.Equal(40, told + whole);
        Assert.NotEqual(0, told);
    }

    [Fact]
    public async Task More_than_is_acknowledged_is_refused_at_the_bound_and_counted()
    {
        var options = KafkaLogs.Options(broker);
        await using var log = await KafkaLogs.Open(
            new KafkaLogOptions
            {
                BootstrapServers = options.BootstrapServers,
                TopicPrefix = options.TopicPrefix,
                CreatesTopics = true,
                Replicas = 1,
                InSyncReplicasMin = 1,
                AppendsMax = 3,
            },
            Topics);
        await log.Append(Records.Audit, Records.Many(1));

        broker.Freeze();
        var appends = Enumerable.Range(0, 5).Select(_ => log.Append(Records.Audit, Records.Many(1)).AsTask()).ToList();
        broker.Thaw();
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Task.WhenAll(appends));

        Assert.Contains("Kafka:AppendsMax", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3, appends.Count(append => append.IsCompletedSuccessfully));
        Assert.Equal(2, log.Limits().Single(limit => limit.Name == "journal.kafka-appends").Count);
        Assert.Equal(4, await log.Append(Records.Audit, Records.Many(1)));
    }

    [Fact]
    public async Task A_read_beyond_the_bound_waits_for_its_turn_and_is_counted()
    {
        await using var log = await KafkaLogs.Open(_options, Topics);
        await log.Append(Records.Audit, Records.Many(1_000));

        var reads = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => log.Read(Records.Audit, 40 * i, 10).AsTask()));

        for (var i = 0; i < reads.Length; i++) Assert.Equal($"r{40 * i}", reads[i][0].Text());
        Assert.NotEqual(0, log.Limits().Single(limit => limit.Name == "journal.kafka-readers").Count);
    }

    [Fact]
    public async Task A_record_that_no_broker_takes_is_refused_by_its_size()
    {
        await using var log = await KafkaLogs.Open(_options, Topics);

        var refused = await Assert.ThrowsAsync<ArgumentException>(
            async () => await log.Append(Records.Audit, Records.Many(1, padding: 1_000_001)));

        Assert.Contains("Kafka:RecordBytesMax", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await log.Append(Records.Audit, Records.Many(1, padding: 999_000)));
    }

    private static Task TakesAppends(KafkaLog log) => Patience.Until(
        () => Task.FromResult(log.IsAvailable), "the broker takes appends again", TimeSpan.FromSeconds(30),
        TimeSpan.FromMilliseconds(50));
}
