using Mev.Domain.Chain;

namespace Mev.Journal.Sqlite;

/// <summary>The reads of the journal.</summary>
internal static class SqliteLogQueries
{
    private const string AuditRecords = """
        SELECT seq, record_type, recorded_ns, key, leaf_hash, bytes FROM audit_log
        WHERE partition = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3
        """;

    private const string AuditLeaves = """
        SELECT seq, leaf_hash FROM audit_log WHERE partition = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3
        """;

    private const string TopicLeaves = "SELECT row, leaf_hash FROM topic_log WHERE row BETWEEN ?1 AND ?2 ORDER BY row";

    private const string TopicRecords = """
        SELECT row, record_type, recorded_ns, key, leaf_hash, bytes FROM topic_log
        WHERE row BETWEEN ?1 AND ?2 ORDER BY row
        """;

    private const string Decisions = "SELECT partition, seq FROM decision_index WHERE decision_id = ?1";

    // The constant 1 is RecordType.Intent: only so written does it select the partial index.
    private const string Intents = """
        SELECT partition, min(seq), recorded_ns FROM audit_log WHERE key = ?1 AND record_type = 1
        GROUP BY partition ORDER BY recorded_ns, partition LIMIT 1
        """;

    public static IReadOnlyList<LogRecord> Records(SqliteReader reader, LogRange range)
    {
        var rows = range.Extent.IsAudit ? Audit(reader, range, AuditRecords) : Topic(reader, range, TopicRecords);
        var records = new List<LogRecord>((int)range.RecordsMax);
        for (long bytes = 0; bytes < range.BytesMax && IsThere(rows, range, records.Count);)
        {
            var record = JournalRow.Record(rows, FirstRow(range), Place(range, records.Count));
            bytes += record.Entry.Bytes.Length;
            records.Add(record);
        }
        rows.Reset();
        return records;
    }

    public static IReadOnlyList<Digest> Leaves(SqliteReader reader, LogRange range)
    {
        var rows = range.Extent.IsAudit ? Audit(reader, range, AuditLeaves) : Topic(reader, range, TopicLeaves);
        var leaves = new List<Digest>((int)range.RecordsMax);
        while (IsThere(rows, range, leaves.Count))
        {
            var place = Place(range, leaves.Count);
            JournalRow.Expect(rows.Number(0) - FirstRow(range), place);
            leaves.Add(JournalRow.Hash(rows, 1, place));
        }
        rows.Reset();
        return leaves;
    }

    public static LogPosition? Decision(SqliteReader reader, Guid decisionId)
    {
        var rows = reader.Statement(Decisions);
        rows.Bind(1, decisionId.ToByteArray(bigEndian: true));
        return Position(rows);
    }

    public static LogPosition? Intent(SqliteReader reader, Digest opportunity)
    {
        var rows = reader.Statement(Intents);
        rows.Bind(1, opportunity.ToArray());
        return Position(rows);
    }

    private static LogPosition? Position(SqliteStatement rows)
    {
        LogPosition? position = rows.Step()
            ? new LogPosition(new LogPartition(LogTopics.Audit, (int)rows.Number(0)), rows.Number(1))
            : null;
        rows.Reset();
        return position;
    }

    private static SqliteStatement Audit(SqliteReader reader, LogRange range, string sql)
    {
        var rows = reader.Statement(sql);
        rows.Bind(1, range.Partition.Partition);
        rows.Bind(2, range.FromOffset);
        rows.Bind(3, range.RecordsMax);
        return rows;
    }

    private static SqliteStatement Topic(SqliteReader reader, LogRange range, string sql)
    {
        var rows = reader.Statement(sql);
        rows.Bind(1, range.Extent.Row(range.FromOffset));
        rows.Bind(2, range.Extent.Row(range.FromOffset + range.RecordsMax - 1));
        return rows;
    }

    /// <summary>Whether another row follows; there has to be one for each record of the range.</summary>
    private static bool IsThere(SqliteStatement rows, LogRange range, int read)
    {
        if (read == range.RecordsMax) return false;
        return rows.Step() ? true : throw JournalRow.Missing(Place(range, read));
    }

    private static long FirstRow(LogRange range) => range.Extent.IsAudit ? 0 : range.Extent.Row(0);

    private static LogPosition Place(LogRange range, int read) => new(range.Partition, range.FromOffset + read);
}
