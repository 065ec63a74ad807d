using Mev.Journal;
using Mev.Journal.Sqlite;

namespace Mev.Adapters.Tests.Journal;

public sealed class SqliteLogContractTests : PartitionedLogContract
{
    private readonly TemporaryFolder _folder = new();

    protected override ValueTask<IPartitionedLog> Open() => new(SqliteLogs.Open(_folder.File("journal.db")));

    protected override ValueTask Close(IPartitionedLog log) => ((SqliteLog)log).DisposeAsync();

    protected override void CleanUp() => _folder.Dispose();
}
