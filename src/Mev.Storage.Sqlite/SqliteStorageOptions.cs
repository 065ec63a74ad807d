using System.ComponentModel.DataAnnotations;
using Mev.Journal.Sqlite;

namespace Mev.Storage.Sqlite;

/// <summary>Section <c>Storage</c>: the embedded store of grain states.</summary>
public sealed class SqliteStorageOptions : SqliteFileBounds
{
    /// <summary>The database file; its folder is made when missing. Default data/state.db.</summary>
    [DatabaseFile]
    public string Path { get; init; } = "data/state.db";

    /// <summary>Writes with a place in the queue. Default 8,192. As many again wait, more are refused.</summary>
    [Range(1, 1_000_000)]
    public int QueueWritesMax { get; init; } = 8_192;

    /// <summary>Bytes with a place in the queue, with the same rule. Default 64 MiB.</summary>
    [Range(1L << 20, 1L << 34)]
    public long QueueBytesMax { get; init; } = 64L << 20;

    /// <summary>States in one commit. Default 512.</summary>
    [Range(1, 100_000)]
    public int CommitWritesMax { get; init; } = 512;

    /// <summary>Longest wait from the call of a write to its commit; then it failed. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a write lock held by another connection to the file. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
