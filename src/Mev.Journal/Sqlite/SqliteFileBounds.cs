using System.ComponentModel.DataAnnotations;

namespace Mev.Journal.Sqlite;

/// <summary>The options that every file under a <see cref="SqliteGroupCommit"/> has.</summary>
public abstract class SqliteFileBounds
{
    /// <summary>Bytes in one commit; what one caller hands over is never divided. Default 8 MiB.</summary>
    [Range(1L << 12, 1L << 30)]
    public long CommitBytesMax { get; init; } = 8L << 20;

    /// <summary>Time between two attempts to write again after a failure. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Bytes in the write-ahead log at which they are copied into the database. Default 4 MiB.</summary>
    [Range(1L << 16, 1L << 32)]
    public long CheckpointBytes { get; init; } = 4L << 20;

    /// <summary>Bound of the database file in bytes; at it the file counts as full. Default 0: the volume's.</summary>
    [Range(typeof(long), "0", "9223372036854775807")]
    public long FileBytesMax { get; init; }

    /// <summary>Reads at a time; more wait. Default 8.</summary>
    [Range(1, 256)]
    public int ReadersMax { get; init; } = 8;
}
