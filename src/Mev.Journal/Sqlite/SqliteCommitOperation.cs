namespace Mev.Journal.Sqlite;

/// <summary>One caller's piece of work: durable as a whole, with others in one commit, or not at all.</summary>
public abstract class SqliteCommitOperation
{
    private protected SqliteCommitOperation(int records, long bytes)
    {
        Records = records;
        Bytes = bytes;
        Node = new LinkedListNode<SqliteCommitOperation>(this);
    }

    /// <summary>Records that it writes, at least 1.</summary>
    public int Records { get; }

    /// <summary>Bytes that it writes, about.</summary>
    public long Bytes { get; }

    internal LinkedListNode<SqliteCommitOperation> Node { get; }

    internal long EnqueuedAt { get; set; }

    internal abstract void Apply();

    internal abstract void Complete();

    internal abstract void Fail(SqliteUnavailableException cause);
}
