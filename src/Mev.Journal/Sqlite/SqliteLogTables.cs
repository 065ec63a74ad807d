using System.Collections.Concurrent;
using Mev.Domain.Chain;
using Microsoft.Data.Sqlite;

namespace Mev.Journal.Sqlite;

/// <summary>
/// The tables of the journal, each with one key that grows, since a random key costs several times the insert itself:
/// <list type="bullet">
/// <item><c>audit_log</c>: the audit topic, keyed by partition and offset, without row ids.</item>
/// <item><c>topic_log</c>: all other topics, keyed by row number alone: the number of the topic's partition in the
/// upper bits, the offset in the lower 40. Blobs of some kilobytes lie better in such a table.</item>
/// <item><c>decision_index</c>: decision id (a UUIDv7, its bytes in order of time) to partition and offset.</item>
/// </list>
/// Intents, one decision in a hundred, have an index by opportunity beside it: it says who may never claim again.
/// The way from a blob's hash to its offset is held in memory and read again at start.
/// </summary>
internal sealed class SqliteLogTables : ISqliteCommitTarget
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS audit_log(
            partition INTEGER NOT NULL, seq INTEGER NOT NULL,
            record_type INTEGER NOT NULL, recorded_ns INTEGER NOT NULL,
            key BLOB NOT NULL, leaf_hash BLOB NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(partition, seq)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS topic_partition(
            id INTEGER PRIMARY KEY, topic TEXT NOT NULL, partition INTEGER NOT NULL, UNIQUE(topic, partition));
        CREATE TABLE IF NOT EXISTS topic_log(
            row INTEGER PRIMARY KEY, record_type INTEGER NOT NULL, recorded_ns INTEGER NOT NULL,
            key BLOB NOT NULL, leaf_hash BLOB NOT NULL, bytes BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS decision_index(
            decision_id BLOB PRIMARY KEY, partition INTEGER NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS intent_index ON audit_log(key) WHERE record_type = 1;
        """;

    private readonly ConcurrentDictionary<LogPartition, LogExtent> _durable = new();
    private readonly Dictionary<LogPartition, LogExtent> _next = [];
    private readonly List<(Digest Hash, LogPosition Position)> _newBlobs = [];
    private readonly BlobIndex _blobs = new();
    private SqliteStatement? _insertAudit;
    private SqliteStatement? _insertTopic;
    private SqliteStatement? _insertDecision;
    private SqliteStatement? _insertPartition;

    /// <summary>Where the partition lies and how many durable records it has.</summary>
    public LogExtent Durable(LogPartition partition) => _durable.GetValueOrDefault(partition);

    /// <summary>The partitions that have records.</summary>
    public IEnumerable<LogPartition> Partitions => _durable.Keys;

    /// <summary>The durable blob with this hash, or null.</summary>
    public LogPosition? Blob(Digest hash) => _blobs.Find(hash);

    public void Open(SqliteConnection connection)
    {
        foreach (var table in Schema.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            SqliteFile.Run(connection, table);
        _insertAudit = new(connection, "INSERT INTO audit_log VALUES(?1,?2,?3,?4,?5,?6,?7)");
        _insertTopic = new(connection, "INSERT INTO topic_log VALUES(?1,?2,?3,?4,?5,?6)");
        _insertDecision = new(connection, "INSERT OR IGNORE INTO decision_index VALUES(?1,?2,?3)");
        _insertPartition = new(connection, "INSERT INTO topic_partition VALUES(?1,?2,?3)");
        ReadExtents(connection);
        foreach (var (partition, extent) in _next.Where(e => e.Key.Topic == LogTopics.Blobs))
            _blobs.Read(connection, partition, extent, Durable(partition).Count);
        Committed();
    }

    /// <summary>Inserts the entries and returns the offset of the first. Inside the writer's transaction.</summary>
    public long Insert(LogAppend append, ReadOnlySpan<Digest> leafHashes)
    {
        var (partition, entries) = append;
        var extent = Extent(partition);
        for (var i = 0; i < leafHashes.Length; i++)
        {
            var offset = extent.Count + i;
            if (extent.IsAudit) InsertAudit(partition.Partition, offset, entries[i], leafHashes[i]);
            else InsertTopic(extent.Row(offset), entries[i], leafHashes[i]);
            if (partition.Topic == LogTopics.Blobs) _newBlobs.Add((entries[i].Key, new LogPosition(partition, offset)));
        }
        _next[partition] = extent with { Count = extent.Count + leafHashes.Length };
        return extent.Count;
    }

    public void Committed()
    {
        foreach (var (partition, extent) in _next) _durable[partition] = extent;
        foreach (var (hash, position) in _newBlobs) _blobs.Add(hash, position);
        _newBlobs.Clear();
    }

    public void Dispose()
    {
        _insertAudit?.Dispose();
        _insertTopic?.Dispose();
        _insertDecision?.Dispose();
        _insertPartition?.Dispose();
        _newBlobs.Clear();
    }

    private LogExtent Extent(LogPartition partition)
    {
        if (_next.TryGetValue(partition, out var extent)) return extent;
        if (partition.Topic == LogTopics.Audit) return new LogExtent(LogExtent.Audit, 0);
        var id = 1 + _next.Values.Select(e => e.Id).DefaultIfEmpty(0).Max();
        _insertPartition!.Bind(1, id);
        _insertPartition.Bind(2, partition.Topic);
        _insertPartition.Bind(3, partition.Partition);
        _insertPartition.Execute();
        return new LogExtent(id, 0);
    }

    private void InsertAudit(int partition, long offset, LogEntry entry, Digest leafHash)
    {
        _insertAudit!.Bind(1, partition);
        _insertAudit.Bind(2, offset);
        Bind(_insertAudit, 3, entry, leafHash);
        _insertAudit.Execute();
        if (entry.DecisionId is not { } decision) return;
        Span<byte> id = stackalloc byte[16];
        decision.TryWriteBytes(id, bigEndian: true, out _);
        _insertDecision!.Bind(1, id);
        _insertDecision.Bind(2, partition);
        _insertDecision.Bind(3, offset);
        _insertDecision.Execute();
    }

    private void InsertTopic(long row, LogEntry entry, Digest leafHash)
    {
        _insertTopic!.Bind(1, row);
        Bind(_insertTopic, 2, entry, leafHash);
        _insertTopic.Execute();
    }

    private static void Bind(SqliteStatement statement, int first, LogEntry entry, Digest leafHash)
    {
        Span<byte> digest = stackalloc byte[Digest.Length];
        statement.Bind(first, (long)entry.Type);
        statement.Bind(first + 1, entry.RecordedNs);
        entry.Key.CopyTo(digest);
        statement.Bind(first + 2, digest);
        leafHash.CopyTo(digest);
        statement.Bind(first + 3, digest);
        statement.Bind(first + 4, entry.Bytes.Span);
    }

    private void ReadExtents(SqliteConnection connection)
    {
        _next.Clear();
        // One look-up for each partition: grouping would read the whole table.
        using var audit = new SqliteStatement(connection, """
            SELECT partition, seq + 1 FROM audit_log WHERE partition > ?1 ORDER BY partition, seq LIMIT 1
            """);
        using var last = new SqliteStatement(connection, "SELECT max(seq) + 1 FROM audit_log WHERE partition = ?1");
        for (var partition = NextPartition(audit, -1); partition >= 0; partition = NextPartition(audit, partition))
        {
            last.Bind(1, partition);
            last.Step();
            _next[new LogPartition(LogTopics.Audit, (int)partition)] = new LogExtent(LogExtent.Audit, last.Number(0));
            last.Reset();
        }
        using var topics = new SqliteStatement(connection, """
            SELECT id, topic, partition, coalesce((SELECT max(row) FROM topic_log
                WHERE row BETWEEN topic_partition.id << 40 AND (topic_partition.id << 40) + ((1 << 40) - 1)), -1)
            FROM topic_partition
            """);
        while (topics.Step())
        {
            var id = topics.Number(0);
            var count = topics.Number(3) < 0 ? 0 : topics.Number(3) - (id << LogExtent.OffsetBits) + 1;
            _next[new LogPartition(topics.Text(1), (int)topics.Number(2))] = new LogExtent(id, count);
        }
    }

    private static long NextPartition(SqliteStatement statement, long after)
    {
        statement.Bind(1, after);
        var partition = statement.Step() ? statement.Number(0) : -1;
        statement.Reset();
        return partition;
    }
}
