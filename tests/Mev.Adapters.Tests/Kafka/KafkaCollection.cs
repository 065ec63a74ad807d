using Mev.Fixtures.Kafka;

namespace Mev.Adapters.Tests.Kafka;

/// <summary>Tests that share one broker, one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class KafkaCollection : ICollectionFixture<KafkaBroker>
{
    public const string Name = "kafka";
}
