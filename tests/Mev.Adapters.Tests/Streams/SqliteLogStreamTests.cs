using Mev.Adapters.Tests.Journal;
using Mev.Adapters.Tests.Kafka;
using Mev.Journal;
using Mev.Journal.Sqlite;

namespace Mev.Adapters.Tests.Streams;

/// <summary>In the collection of those over Kafka, since a meter is heard in all of the process.</summary>
[Collection(KafkaCollection.Name)]
public sealed class SqliteLogStreamTests : LogStreamContract
{
    private readonly TemporaryFolder _folder = new();

    protected override ValueTask<IPartitionedLog> Open() => new(SqliteLogs.Open(_folder.File("journal.db")));

    protected override async ValueTask Close(IPartitionedLog log)
    {
        await ((SqliteLog)log).DisposeAsync();
        _folder.Dispose();
    }
}
