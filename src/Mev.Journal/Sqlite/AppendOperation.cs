using Mev.Domain.Chain;

namespace Mev.Journal.Sqlite;

/// <summary>One append. The leaf hashes are made on the caller's thread: the writer thread only writes.</summary>
internal sealed class AppendOperation : SqliteCommitOperation<long>
{
    private readonly SqliteLogTables _tables;
    private readonly LogPartition _partition;
    private readonly IReadOnlyList<LogEntry> _entries;
    private readonly Digest[] _leafHashes;

    private AppendOperation(
        SqliteLogTables tables,
        LogPartition partition,
        IReadOnlyList<LogEntry> entries,
        Digest[] leafHashes,
        long bytes)
        : base(leafHashes.Length, bytes)
        => (_tables, _partition, _entries, _leafHashes) = (tables, partition, entries, leafHashes);

    public static AppendOperation Of(
        SqliteLogTables tables, LogPartition partition, IReadOnlyList<LogEntry> entries, bool isFollowed)
    {
        // Key, leaf hash, numbers and headers of a row, and its row in the index of decisions.
        const int RowBytes = 128;
        var leafHashes = new Digest[entries.Count];
        long bytes = 0;
        for (var i = 0; i < leafHashes.Length; i++)
        {
            leafHashes[i] = LeafHash.Of(entries[i].Bytes.Span);
            bytes += entries[i].Bytes.Length + RowBytes;
        }
        return new AppendOperation(tables, partition, entries, leafHashes, bytes) { IsFollowed = isFollowed };
    }

    protected override long Execute() => _tables.Insert(_partition, _entries, _leafHashes);
}
