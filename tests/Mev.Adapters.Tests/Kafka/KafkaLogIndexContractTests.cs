using Mev.Adapters.Kafka;
using Mev.Adapters.Tests.Journal;
using Mev.Fixtures.Kafka;
using Mev.Journal;
using Mev.Journal.Indexes;

namespace Mev.Adapters.Tests.Kafka;

[Collection(KafkaCollection.Name)]
public sealed class KafkaLogIndexContractTests(KafkaBroker broker) : JournalIndexContract
{
    private readonly TemporaryFolder _folder = new();
    private readonly KafkaLogOptions _options = KafkaLogs.Options(broker);
    private LogIndex _index = null!;

    protected override async ValueTask<(IPartitionedLog Log, IJournalIndex Index)> Open()
    {
        var log = await KafkaLogs.Open(
            _options, new KafkaTopic(LogTopics.Audit, 3), new KafkaTopic(LogTopics.Blobs, 1));
        _index = new LogIndex(log, _folder.File("index.db"), strategyPartitions: 2);
        return (log, _index);
    }

    protected override async ValueTask Close(IPartitionedLog log)
    {
        _index.Dispose();
        await ((KafkaLog)log).DisposeAsync();
    }

    protected override ValueTask Follow(IJournalIndex index) => ((LogIndex)index).Follow();

    protected override void CleanUp() => _folder.Dispose();
}
