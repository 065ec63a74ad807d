using Mev.Domain.Chain;

namespace Mev.Journal.Sqlite;

/// <summary>
/// One append, with what it names in the same transaction. The leaf hashes are made on the caller's thread: the writer
/// thread only writes.
/// </summary>
internal sealed class AppendOperation : SqliteCommitOperation<long>
{
    // Key, leaf hash, numbers and headers of a row, and its row in the index of decisions.
    private const int RowBytes = 128;

    private readonly SqliteLogTables _tables;
    private readonly LogAppend? _named;
    private readonly LogAppend _append;
    private readonly Digest[] _leafHashes; // of what is named first

    private AppendOperation(
        SqliteLogTables tables, LogAppend? named, LogAppend append, Digest[] leafHashes, long bytes)
        : base(leafHashes.Length, bytes)
        => (_tables, _named, _append, _leafHashes) = (tables, named, append, leafHashes);

    public static AppendOperation Of(SqliteLogTables tables, LogAppend append, LogAppend? named)
    {
        var before = named?.Entries.Count ?? 0;
        var leafHashes = new Digest[before + append.Entries.Count];
        var bytes = 0L;
        for (var i = 0; i < leafHashes.Length; i++)
        {
            var entry = i < before ? named!.Entries[i] : append.Entries[i - before];
            leafHashes[i] = LeafHash.Of(entry.Bytes.Span);
            bytes += entry.Bytes.Length + RowBytes;
        }
        return new AppendOperation(tables, named, append, leafHashes, bytes);
    }

    protected override long Execute()
    {
        var before = _leafHashes.Length - _append.Entries.Count;
        if (_named is { } named) _tables.Insert(named, _leafHashes.AsSpan(0, before));
        return _tables.Insert(_append, _leafHashes.AsSpan(before));
    }
}
