using Mev.Journal;
using Mev.Journal.Sqlite;

namespace Mev.Adapters.Tests.Journal;

public sealed class SqliteLogIndexContractTests : JournalIndexContract
{
    private readonly TemporaryFolder _folder = new();

    protected override ValueTask<(IPartitionedLog Log, IJournalIndex Index)> Open()
    {
        var log = SqliteLogs.Open(_folder.File("journal.db"));
        return new((log, log));
    }

    protected override ValueTask Close(IPartitionedLog log) => ((SqliteLog)log).DisposeAsync();

    protected override void CleanUp() => _folder.Dispose();
}
