using Mev.Domain.Chain;
using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace Mev.Journal.Indexes;

/// <summary>
/// The tables of an index in a SQLite file: where decisions, intents and blobs lie, and how far each partition was
/// followed. A copy of what the log says: without the file it is made anew. For one thread at a time.
/// </summary>
internal sealed class IndexFile : IDisposable
{
    // 'MEVI' as SQLite's application_id.
    private const int ApplicationId = 0x4D455649;

    // Rows of an earlier place stay: what is first is asked for.
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS followed(
            topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, last_leaf BLOB NOT NULL,
            PRIMARY KEY(topic, partition)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS places(
            kind INTEGER NOT NULL, key BLOB NOT NULL, recorded_ns INTEGER NOT NULL, partition INTEGER NOT NULL,
            seq INTEGER NOT NULL, PRIMARY KEY(kind, key, recorded_ns, partition, seq)) WITHOUT ROWID;
        """;

    private const string First = """
        SELECT partition, min(seq), recorded_ns FROM places WHERE kind = ?1 AND key = ?2
        GROUP BY partition ORDER BY recorded_ns, partition LIMIT 1
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _first;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _next;
    private readonly SqliteStatement _follow;

    /// <exception cref="SqliteUnavailableException">It cannot be opened, or is another program's.</exception>
    public IndexFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            var isOther = SqliteFile.Ask(_connection, "PRAGMA application_id") != ApplicationId
                && SqliteFile.Ask(_connection, "SELECT count(*) FROM sqlite_schema") > 0;
            if (isOther)
            {
                throw new SqliteUnavailableException(
                    SqliteFailure.ForeignFile, $"{path}: a database of another program or kind. Name another path.");
            }
            SqliteFile.Run(_connection, "PRAGMA journal_mode=WAL");
            SqliteFile.Run(_connection, "PRAGMA synchronous=NORMAL"); // what is lost is read again
            SqliteFile.Run(_connection, $"PRAGMA application_id={ApplicationId}");
            using var tables = new SqliteCommand(Tables, _connection);
            tables.ExecuteNonQuery();
            _first = new SqliteStatement(_connection, First);
            _add = new SqliteStatement(_connection, "INSERT OR IGNORE INTO places VALUES(?1, ?2, ?3, ?4, ?5)");
            _next = new SqliteStatement(
                _connection, "SELECT next, last_leaf FROM followed WHERE topic = ?1 AND partition = ?2");
            _follow = new SqliteStatement(_connection, "INSERT OR REPLACE INTO followed VALUES(?1, ?2, ?3, ?4)");
        }
        catch (Exception failure)
        {
            _connection.Dispose();
            if (failure is SqliteException or IOException) throw SqliteErrors.Explain(path, failure);
            throw;
        }
    }

    /// <summary>The first place of a key, or null.</summary>
    public LogPosition? Find(IndexedKind kind, ReadOnlySpan<byte> key)
    {
        _first.Bind(1, (long)kind);
        _first.Bind(2, key);
        LogPosition? place = _first.Step()
            ? new LogPosition(new LogPartition(TopicOf(kind), (int)_first.Number(0)), _first.Number(1))
            : null;
        _first.Reset();
        return place;
    }

    /// <summary>The offset from which the partition is to be followed, and the leaf of the record before it.</summary>
    public (long Next, Digest LastLeaf) Next(LogPartition partition)
    {
        _next.Bind(1, partition.Topic);
        _next.Bind(2, partition.Partition);
        var next = _next.Step() ? (_next.Number(0), new Digest(_next.Bytes(1))) : (0, default);
        _next.Reset();
        return next;
    }

    /// <summary>Takes records that follow one another, all or none.</summary>
    public void Take(LogPartition partition, IReadOnlyList<LogRecord> records)
    {
        SqliteFile.Run(_connection, "BEGIN IMMEDIATE");
        try
        {
            foreach (var record in records) Take(partition, record);
            _follow.Bind(1, partition.Topic);
            _follow.Bind(2, partition.Partition);
            _follow.Bind(3, records[^1].Offset + 1);
            _follow.Bind(4, records[^1].LeafHash.ToArray());
            _follow.Execute();
            SqliteFile.Run(_connection, "COMMIT");
        }
        catch
        {
            SqliteFile.Run(_connection, "ROLLBACK");
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _first, _add, _next, _follow }) statement.Dispose();
        _connection.Dispose();
    }

    private static string TopicOf(IndexedKind kind) => kind == IndexedKind.Blob ? LogTopics.Blobs : LogTopics.Audit;

    private void Take(LogPartition partition, LogRecord record)
    {
        var key = record.Entry.Key.ToArray();
        if (partition.Topic == LogTopics.Blobs)
        {
            Add(IndexedKind.Blob, key, recordedNs: 0, partition, record.Offset); // the same bytes are the same blob
            return;
        }
        if (record.Entry.Type == RecordType.Intent)
            Add(IndexedKind.Intent, key, record.Entry.RecordedNs, partition, record.Offset);
        if (record.Entry.DecisionId is { } id)
        {
            Add(
                IndexedKind.Decision, id.ToByteArray(bigEndian: true), record.Entry.RecordedNs, partition,
                record.Offset);
        }
    }

    private void Add(IndexedKind kind, byte[] key, long recordedNs, LogPartition partition, long offset)
    {
        _add.Bind(1, (long)kind);
        _add.Bind(2, key);
        _add.Bind(3, recordedNs);
        _add.Bind(4, partition.Partition);
        _add.Bind(5, offset);
        _add.Execute();
    }
}
