using System.ComponentModel.DataAnnotations;

namespace Mev.Storage.Sqlite;

/// <summary>Section <c>Storage</c>: the embedded store of grain states.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>The database file; its folder is made when missing. Default data/state.db.</summary>
    [Required]
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

    /// <summary>Bytes in one commit; one state is never divided. Default 8 MiB.</summary>
    [Range(1L << 12, 1L << 30)]
    public long CommitBytesMax { get; init; } = 8L << 20;

    /// <summary>Longest wait from the call of a write to its commit; then it failed. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a write lock held by another connection to the file. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two attempts to write again after a failure. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Bytes in the write-ahead log at which they are copied into the database. Default 4 MiB.</summary>
    [Range(1L << 16, 1L << 32)]
    public long CheckpointBytes { get; init; } = 4L << 20;

    /// <summary>Bound of the database file in bytes; at it the store counts as full. Default 0: the volume's.</summary>
    [Range(0L, long.MaxValue)]
    public long FileBytesMax { get; init; }

    /// <summary>Reads at a time; more wait. Default 8.</summary>
    [Range(1, 256)]
    public int ReadersMax { get; init; } = 8;
}
