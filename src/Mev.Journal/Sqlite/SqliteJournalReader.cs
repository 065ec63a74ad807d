using Mev.Domain.Chain;
using Microsoft.Data.Sqlite;

namespace Mev.Journal.Sqlite;

/// <summary>
/// The audit topic of a journal's file for whoever only looks, beside the process that has it or without one. Nothing
/// of it is believed: a record that is not there is left out. For one thread at a time.
/// </summary>
public sealed class SqliteJournalReader : IDisposable
{
    private const int PageRecords = 1_024;

    private readonly SqliteConnection _connection;
    private readonly string _path;

    /// <summary>Opens the file to be read.</summary>
    /// <exception cref="SqliteUnavailableException">It is not there, damaged, or no journal.</exception>
    public SqliteJournalReader(string path)
    {
        _path = path;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        try
        {
            _connection.Open();
            if (SqliteFile.Ask(_connection, "PRAGMA application_id") == SqliteLog.ApplicationId) return;
            throw new SqliteUnavailableException(SqliteFailure.ForeignFile, $"{path}: no journal. Name another path.");
        }
        catch (Exception failure)
        {
            _connection.Dispose();
            if (failure is SqliteException or IOException) throw SqliteErrors.Explain(path, failure);
            throw;
        }
    }

    /// <summary>The partitions that have records, in their order.</summary>
    /// <exception cref="SqliteUnavailableException">The file cannot be read.</exception>
    public IReadOnlyList<int> Partitions() => Asked(() =>
    {
        using var next = new SqliteStatement(
            _connection, "SELECT partition FROM audit_log WHERE partition > ?1 ORDER BY partition LIMIT 1");
        var partitions = new List<int>();
        for (var after = -1L; ;)
        {
            next.Bind(1, after);
            if (!next.Step()) return partitions;
            after = next.Number(0);
            partitions.Add((int)after);
            next.Reset();
        }
    });

    /// <summary>The offset behind a partition's last record.</summary>
    /// <exception cref="SqliteUnavailableException">The file cannot be read.</exception>
    public long End(int partition) => Asked(() =>
    {
        using var end = new SqliteStatement(_connection, "SELECT max(seq) + 1 FROM audit_log WHERE partition = ?1");
        end.Bind(1, partition);
        return end.Step() ? end.Number(0) : 0;
    });

    /// <summary>
    /// A partition's records in order, page by page: of a running journal what is durable when the page is read.
    /// </summary>
    /// <exception cref="SqliteUnavailableException">The file cannot be read.</exception>
    public IEnumerable<(long Offset, Digest Leaf, byte[] Bytes)> Records(int partition)
    {
        using var rows = Asked(() => new SqliteStatement(_connection, """
            SELECT seq, leaf_hash, bytes FROM audit_log WHERE partition = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3
            """));
        rows.Bind(1, partition);
        rows.Bind(3, PageRecords);
        for (var after = long.MinValue; ;)
        {
            rows.Bind(2, after);
            var page = Asked(() => Page(rows));
            foreach (var record in page) yield return record;
            if (page.Count < PageRecords) yield break;
            after = page[^1].Offset;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static List<(long Offset, Digest Leaf, byte[] Bytes)> Page(SqliteStatement rows)
    {
        var page = new List<(long, Digest, byte[])>(PageRecords);
        while (rows.Step())
        {
            var leaf = rows.Bytes(1);
            page.Add((
                rows.Number(0), leaf.Length == Digest.Length ? new Digest(leaf) : default, rows.Bytes(2).ToArray()));
        }
        rows.Reset(); // its snapshot holds the writer's log from being begun anew
        return page;
    }

    private T Asked<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception failure) when (failure is SqliteException or IOException)
        {
            throw SqliteErrors.Explain(_path, failure);
        }
    }
}
