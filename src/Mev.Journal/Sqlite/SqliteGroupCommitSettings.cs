namespace Mev.Journal.Sqlite;

/// <summary>The bounds of a <see cref="SqliteGroupCommit"/> and what happens at each.</summary>
public sealed record SqliteGroupCommitSettings
{
    /// <summary>The database file. Its folder is made when missing.</summary>
    public required string Path { get; init; }

    /// <summary>Marks the file as this program's and of one kind (SQLite's application_id).</summary>
    public required int ApplicationId { get; init; }

    /// <summary>Version of the tables, from 1. A file of a higher version is refused.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Places in the queue. Work beyond waits for one, in order; at twice the bound it is refused.</summary>
    public required int QueueOperationsMax { get; init; }

    /// <summary>Bytes in the queue, with the same rule.</summary>
    public required long QueueBytesMax { get; init; }

    /// <summary>Records in one commit; one operation is never divided.</summary>
    public required int CommitRecordsMax { get; init; }

    /// <summary>Bytes in one commit; one operation is never divided.</summary>
    public required long CommitBytesMax { get; init; }

    /// <summary>Longest wait of a caller from its call to the commit.</summary>
    public required TimeSpan WaitMax { get; init; }

    /// <summary>Longest wait for a write lock that another connection holds.</summary>
    public required TimeSpan BusyTimeout { get; init; }

    /// <summary>Time between two attempts to write again after a failure.</summary>
    public required TimeSpan ProbeInterval { get; init; }

    /// <summary>Bytes in the write-ahead log at which they are copied into the database, beside the commits.</summary>
    public required long CheckpointBytes { get; init; }

    /// <summary>Bound of the database file in bytes, 0 for none. At it the file counts as full.</summary>
    public required long FileBytesMax { get; init; }

    internal DurabilityRule Durability { get; init; }
}
