using Mev.Journal.Sqlite;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Group commit without a journal or a storage above it.</summary>
internal static class Files
{
    public static SqliteGroupCommitSettings Settings(string path) => new()
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
}
