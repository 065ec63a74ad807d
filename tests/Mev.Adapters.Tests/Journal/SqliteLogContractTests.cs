using Mev.Journal;
using Mev.Journal.Sqlite;

namespace Mev.Adapters.Tests.Journal;

public sealed class SqliteLogContractTests : PartitionedLogContract
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Appends_of_one_caller_are_durable_in_the_order_of_the_calls_also_across_partitions()
    {
        var blobs = new LogPartition(LogTopics.Blobs, 0);
        var appends = new List<Task<long>>();
        for (var i = 0; i < 300; i++)
        {
            appends.Add(Log.Append(blobs, [Records.Of($"blob {i}")]).AsTask());
            var intent = Log.Append(Records.Audit, [Records.Of($"intent {i}")]).AsTask();
            appends.Add(intent);
            if (i % 50 != 0) continue;
            await intent;
            Assert.True(await Log.End(blobs) > i, "the blob is durable when the intent is");
        }

        var offsets = await Task.WhenAll(appends.Where((_, i) => i % 2 == 0));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (long)i), offsets);
    }

    protected override ValueTask<IPartitionedLog> Open() => new(SqliteLogs.Open(_folder.File("journal.db")));

    protected override ValueTask Close(IPartitionedLog log) => ((SqliteLog)log).DisposeAsync();

    protected override void CleanUp() => _folder.Dispose();
}
