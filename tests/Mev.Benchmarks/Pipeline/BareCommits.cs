using HdrHistogram;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace Mev.Benchmarks.Pipeline;

/// <summary>
/// What SQLite alone takes for a commit of so many bytes: one row, WAL, synchronous=FULL, one connection.
/// </summary>
internal static class BareCommits
{
    public static async Task<LongHistogram> Measure(string folder, int bytes, int commits, TimeSpan pause)
    {
        Directory.CreateDirectory(folder);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "bare.db")};Pooling=False");
        connection.Open();
        foreach (var sql in new[]
        {
            "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=0",
            "CREATE TABLE IF NOT EXISTS log(seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
        })
        {
            Run(connection, sql);
        }
        using var begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        using var insert = new SqliteStatement(connection, "INSERT INTO log(bytes) VALUES(?1)");
        using var commit = new SqliteStatement(connection, "COMMIT");
        var row = new byte[Math.Max(1, bytes)];
        var histogram = new LongHistogram(60_000_000_000, 3);
        for (var i = 0; i < commits; i++)
        {
            if (pause > TimeSpan.Zero) await Task.Delay(pause, TimeProvider.System);
            var from = TimeProvider.System.UnixNs();
            begin.Execute();
            insert.Bind(1, row);
            insert.Execute();
            commit.Execute();
            histogram.RecordValue(Math.Max(1, TimeProvider.System.UnixNs() - from));
        }
        return histogram;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var statement = new SqliteStatement(connection, sql);
        statement.Execute();
    }
}
