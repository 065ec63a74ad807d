using Confluent.Kafka;
using Mev.Adapters.Kafka;
using Mev.Adapters.Tests.Kafka;
using Mev.Journal;

namespace Mev.Adapters.Tests.Streams;

/// <summary>
/// Over the cluster that librdkafka plays in this process, where no broker is to be had. It leaves untested: topics
/// that
/// are made and checked, a broker that dies with its data and comes back, replicas, retention.
/// </summary>
[Collection(KafkaCollection.Name)]
public sealed class MockKafkaLogStreamTests : LogStreamContract
{
    private readonly IProducer<Null, Null> _cluster = new ProducerBuilder<Null, Null>(
        new ProducerConfig(new Dictionary<string, string> { ["test.mock.num.brokers"] = "1" })).Build();

    protected override ValueTask<IPartitionedLog> Open()
    {
        using var admin = new DependentAdminClientBuilder(_cluster.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(10)).Brokers[0];
        return new(KafkaLogs.Open(new KafkaLogOptions { BootstrapServers = $"{broker.Host}:{broker.Port}" }));
    }

    protected override async ValueTask Close(IPartitionedLog log)
    {
        await ((KafkaLog)log).DisposeAsync();
        _cluster.Dispose();
    }
}
