using Mev.Adapters.Kafka;
using Mev.Adapters.Tests.Kafka;
using Mev.Fixtures.Kafka;
using Mev.Journal;

namespace Mev.Adapters.Tests.Streams;

/// <summary>Over a real broker, whose topics the provider makes.</summary>
[Collection(KafkaCollection.Name)]
public sealed class KafkaLogStreamTests(KafkaBroker broker) : LogStreamContract
{
    protected override KafkaLogOptions? Kafka { get; } = KafkaLogs.Options(broker);

    [Fact(Explicit = true)]
    public async Task A_broker_that_dies_and_comes_back_loses_nothing_that_was_published()
    {
        await using var cluster = await StreamCluster.Start(Log, Kafka);
        var stream = $"{Guid.CreateVersion7():N}";
        await cluster.Stream(stream).OnNextBatchAsync(Enumerable.Range(0, 20));
        await Arrive(20, stream);

        broker.Kill();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => cluster.Stream(stream).OnNextAsync(-1));
        broker.Restart();
        await StreamCluster.Until(() => Log.IsAvailable, "the broker takes appends again");
        await cluster.Stream(stream).OnNextBatchAsync(Enumerable.Range(20, 20));

        await Arrive(40, stream);
        Assert.Equal(Enumerable.Range(0, 40), Notes.Once(stream));
    }

    [Fact(Explicit = true)]
    public async Task A_topic_that_would_forget_is_refused_at_the_start_by_its_setting()
    {
        var options = KafkaLogs.Options(broker);
        using (var admin = KafkaClients.Admin(options))
        {
            await admin.CreateTopicsAsync(
            [
                new()
                {
                    Name = options.TopicPrefix + LogTopics.Streams,
                    NumPartitions = StreamCluster.Partitions,
                    Configs = new Dictionary<string, string> { ["retention.ms"] = "1000" },
                },
            ]);
        }

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => StreamCluster.Start(Log, options));

        Assert.Contains("retention.ms=1000", refused.Message);
    }

    protected override ValueTask<IPartitionedLog> Open() => new(KafkaLogs.Open(Kafka!));

    protected override ValueTask Close(IPartitionedLog log) => ((KafkaLog)log).DisposeAsync();
}
