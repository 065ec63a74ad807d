using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace Mev.Storage.Sqlite;

/// <summary>
/// Nonces that were taken, by key. The file was given an id at random when the table was made: one that was wiped, or
/// is another, has another id.
/// </summary>
internal sealed class NonceTable : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS nonce(
            key TEXT NOT NULL, nonce TEXT NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY(key, nonce)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS nonce_expires ON nonce(expires);
        CREATE TABLE IF NOT EXISTS nonce_store(id TEXT NOT NULL);
        INSERT INTO nonce_store(id) SELECT lower(hex(randomblob(16))) WHERE NOT EXISTS(SELECT 1 FROM nonce_store);
        """;

    private const string SelectId = "SELECT id FROM nonce_store";
    private const string DeleteOver = "DELETE FROM nonce WHERE expires < ?1";
    private const string Insert =
        "INSERT INTO nonce(key, nonce, expires) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING RETURNING 1";

    private string _id = "";
    private SqliteStatement? _deleteOver;
    private SqliteStatement? _insert;

    public void Open(SqliteConnection connection)
    {
        using (var schema = connection.CreateCommand())
        {
            schema.CommandText = Schema;
            schema.ExecuteNonQuery();
        }
        using (var id = connection.CreateCommand())
        {
            id.CommandText = SelectId;
            _id = (string)(id.ExecuteScalar() ?? "");
        }
        _deleteOver = new SqliteStatement(connection, DeleteOver);
        _insert = new SqliteStatement(connection, Insert);
    }

    /// <summary>The file's id.</summary>
    public string Id => Volatile.Read(ref _id);

    /// <summary>Takes a nonce; false when it was taken. Forgets those whose commands are over.</summary>
    public bool TryTake(string key, string nonce, long expires, long now)
    {
        _deleteOver!.Bind(1, now);
        _deleteOver.Execute();
        _insert!.Bind(1, key);
        _insert.Bind(2, nonce);
        _insert.Bind(3, expires);
        var isNew = _insert.Step();
        _insert.Reset();
        return isNew;
    }

    public void Dispose()
    {
        _deleteOver?.Dispose();
        _insert?.Dispose();
    }
}
