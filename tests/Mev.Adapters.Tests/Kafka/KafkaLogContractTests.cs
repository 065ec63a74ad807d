using Mev.Adapters.Kafka;
using Mev.Adapters.Tests.Journal;
using Mev.Fixtures.Kafka;
using Mev.Journal;

namespace Mev.Adapters.Tests.Kafka;

[Collection(KafkaCollection.Name)]
public sealed class KafkaLogContractTests(KafkaBroker broker) : PartitionedLogContract
{
    private static readonly KafkaTopic[] Topics =
        [new(LogTopics.Audit, 4), new(LogTopics.Blobs, 4), new("mev.other", 8), new("x", 3)];

    private readonly KafkaLogOptions _options = KafkaLogs.Options(broker);

    protected override async ValueTask<IPartitionedLog> Open() => await KafkaLogs.Open(_options, Topics);

    protected override ValueTask Close(IPartitionedLog log) => ((KafkaLog)log).DisposeAsync();
}
