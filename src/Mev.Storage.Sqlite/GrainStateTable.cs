using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace Mev.Storage.Sqlite;

/// <summary>The table of grain states. A cleared state stays as a row without data, so that its ETag goes on.</summary>
internal sealed class GrainStateTable : IDisposable
{
    /// <summary>Data and ETag of a key.</summary>
    public const string Select = "SELECT data, etag FROM grain_state WHERE key = ?1";

    /// <summary>Whether any state is there.</summary>
    public const string SelectAny = "SELECT EXISTS(SELECT 1 FROM grain_state WHERE data IS NOT NULL)";

    private const string SelectAll = "SELECT key, data FROM grain_state WHERE data IS NOT NULL";

    private const string Schema =
        "CREATE TABLE IF NOT EXISTS grain_state(key TEXT PRIMARY KEY, data BLOB, etag INTEGER NOT NULL) WITHOUT ROWID";

    // ?3 is the expected ETag, 0 for 'none yet'. No row comes back when the stored one differs.
    private const string Upsert = """
        INSERT INTO grain_state(key, data, etag)
        SELECT ?1, ?2, 1 WHERE ?3 = 0 OR EXISTS(SELECT 1 FROM grain_state WHERE key = ?1 AND etag = ?3)
        ON CONFLICT(key) DO UPDATE SET data = excluded.data, etag = etag + 1 WHERE etag = ?3
        RETURNING etag
        """;

    private SqliteStatement? _upsert;

    /// <summary>Makes the table where it is missing, and looks whether every state is what was written.</summary>
    /// <exception cref="InvalidDataException">One is not.</exception>
    public void Open(SqliteConnection connection)
    {
        using (var schema = new SqliteStatement(connection, Schema)) schema.Execute();
        using (var all = new SqliteStatement(connection, SelectAll))
            while (all.Step()) _ = StateProof.Open(all.Text(0), all.Bytes(1));
        _upsert = new SqliteStatement(connection, Upsert);
    }

    /// <summary>Writes and returns the new ETag; null when the stored ETag is not the expected one.</summary>
    public long? Write(string key, ReadOnlyMemory<byte>? data, long expectedETag)
    {
        _upsert!.Bind(1, key);
        if (data is { } bytes) _upsert.Bind(2, StateProof.Seal(key, bytes.Span));
        else _upsert.BindNull(2);
        _upsert.Bind(3, expectedETag);
        long? etag = _upsert.Step() ? _upsert.Number(0) : null;
        _upsert.Reset();
        return etag;
    }

    public void Dispose() => _upsert?.Dispose();
}
