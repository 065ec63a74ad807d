using Mev.Adapters.Kafka;
using Mev.Adapters.Tests.Journal;
using Mev.Fixtures.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mev.Adapters.Tests.Kafka;

/// <summary>Opens journals in a broker without a host, each test's under a prefix of its own.</summary>
internal static class KafkaLogs
{
    private static int _prefixes;

    public static KafkaLogOptions Options(KafkaBroker broker) => new()
    {
        BootstrapServers = broker.Bootstrap,
        TopicPrefix = $"t{Interlocked.Increment(ref _prefixes)}.",
        CreatesTopics = true,
        Replicas = 1,
        InSyncReplicasMin = 1,
        AppendTimeout = TimeSpan.FromSeconds(3),
        ReadTimeout = TimeSpan.FromSeconds(10),
    };

    public static KafkaLog Open(KafkaLogOptions options) => new(
        Microsoft.Extensions.Options.Options.Create(options),
        TimeProvider.System,
        new PlainMeterFactory(),
        NullLogger<KafkaLog>.Instance);

    public static async Task<KafkaLog> Open(KafkaLogOptions options, params KafkaTopic[] topics)
    {
        await new KafkaTopics(options).Prepare(topics);
        return Open(options);
    }
}
