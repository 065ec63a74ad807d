using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mev.Journal.Sqlite;

/// <summary>
/// A prepared statement that binds by position, about three times cheaper per row than a command with named parameters.
/// For one thread at a time.
/// </summary>
public sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares <paramref name="sql"/>, one statement.</summary>
    /// <exception cref="SqliteException">It is not valid, or the file cannot be read.</exception>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Binds an integer to parameter <paramref name="index"/>, from 1.</summary>
    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    /// <summary>Binds a text.</summary>
    public void Bind(int index, string value) => Check(raw.sqlite3_bind_text(_statement, index, value));

    /// <summary>Binds bytes; SQLite copies them. No bytes are an empty blob, not NULL.</summary>
    public void Bind(int index, ReadOnlySpan<byte> value) => Check(value.IsEmpty
        ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
        : raw.sqlite3_bind_blob(_statement, index, value));

    /// <summary>Binds NULL.</summary>
    public void BindNull(int index) => Check(raw.sqlite3_bind_null(_statement, index));

    /// <summary>Goes to the next row; false at the end. Call <see cref="Reset"/> before the next use.</summary>
    /// <exception cref="SqliteException">SQLite's error; the statement is reset.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE) return false;
        var failure = Failure(code);
        raw.sqlite3_reset(_statement);
        throw failure;
    }

    /// <summary>Runs to the end and resets.</summary>
    public void Execute()
    {
        while (Step())
        {
        }
        Reset();
    }

    /// <summary>Makes it ready to be bound and run again; gives up its read snapshot.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>An integer of the row, column from 0.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A text of the row.</summary>
    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>Bytes of the row, valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Whether the column is NULL in the row.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw Failure(code);
    }

    private SqliteException Failure(int code) => new(
        $"SQLite error {code}: {raw.sqlite3_errmsg(_database).utf8_to_string()}",
        code & 0xff, // the primary code of an extended one
        raw.sqlite3_extended_errcode(_database));
}
