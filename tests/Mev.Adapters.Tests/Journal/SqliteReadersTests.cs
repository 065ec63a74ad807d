using Mev.Domain.Limits;
using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mev.Adapters.Tests.Journal;

public sealed class SqliteReadersTests
{
    private const int ReadersMax = 2;

    [Fact]
    public async Task A_read_beyond_the_bound_waits_for_a_place_and_is_counted()
    {
        using var folder = new TemporaryFolder();
        await using var file = new SqliteGroupCommit(
            Settings(folder.File("some.db")), new NoTables(), ReadersMax, TimeProvider.System, NullLogger.Instance);
        using var entered = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        var held = Enumerable.Range(0, ReadersMax).Select(_ => Task.Run(Hold)).ToArray();
        foreach (var _ in held) await entered.WaitAsync(TestContext.Current.CancellationToken);

        var last = file.Readers.Read((_, number) => number, 7, TestContext.Current.CancellationToken);

        Assert.False(last.IsCompleted);
        Assert.Contains(new LimitCount("some.readers", ReadersMax, AtLimit.Wait, 1), file.Limits("some"));
        release.Set();
        Assert.Equal(7, await last);
        await Task.WhenAll(held);

        Task<int> Hold() => file.Readers.Read((_, number) => Wait(number), 1).AsTask();

        int Wait(int number)
        {
            entered.Release();
            release.Wait();
            return number;
        }
    }

    private static SqliteGroupCommitSettings Settings(string path) => new()
    {
        Path = path,
        ApplicationId = 1,
        SchemaVersion = 1,
        QueueOperationsMax = 8,
        QueueBytesMax = 1 << 20,
        CommitRecordsMax = 8,
        CommitBytesMax = 1 << 20,
        WaitMax = TimeSpan.FromSeconds(5),
        BusyTimeout = TimeSpan.FromSeconds(1),
        ProbeInterval = TimeSpan.FromMilliseconds(50),
        CheckpointBytes = 1 << 20,
        FileBytesMax = 0,
    };

    private sealed class NoTables : ISqliteCommitTarget
    {
        public void Open(SqliteConnection connection)
        {
        }

        public void Committed()
        {
        }

        public void Dispose()
        {
        }
    }
}
