using System.ComponentModel.DataAnnotations;

namespace Mev.Journal.Sqlite;

/// <summary>Section <c>Journal</c>: the embedded journal.</summary>
public sealed class SqliteLogOptions : SqliteFileBounds
{
    /// <summary>The database file; its folder is made when missing. Default data/journal.db.</summary>
    [DatabaseFile]
    public string Path { get; init; } = "data/journal.db";

    /// <summary>
    /// Appends with a place in the queue. Default 8,192. As many again wait for a place, more are refused.
    /// </summary>
    [Range(1, 1_000_000)]
    public int QueueAppendsMax { get; init; } = 8_192;

    /// <summary>Bytes with a place in the queue, with the same rule. Default 128 MiB.</summary>
    [Range(1L << 20, 1L << 34)]
    public long QueueBytesMax { get; init; } = 128L << 20;

    /// <summary>Records in one commit; one append is never divided. Default 8,192.</summary>
    [Range(1, 1_000_000)]
    public int CommitRecordsMax { get; init; } = 8_192;

    /// <summary>
    /// Longest wait from the call of an append to its commit; then it failed. Default 5 s, and not more: that is the
    /// audit lag at which trading stops.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    public TimeSpan AppendTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for a write lock held by another connection to the file. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes after which one read ends, with fewer records than asked for. Default 16 MiB.</summary>
    [Range(1L << 10, 1L << 30)]
    public long ReadBytesMax { get; init; } = 16L << 20;

    internal DurabilityRule Durability { get; set; }
}
