using Microsoft.Data.Sqlite;

namespace Mev.Journal.Sqlite;

/// <summary>One read-only connection and the statements prepared on it. For one thread at a time.</summary>
public sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    internal SqliteReader(SqliteConnection connection) => _connection = connection;

    /// <summary>The statement of a constant text, prepared at its first use. The user resets it.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = new SqliteStatement(_connection, sql));
        return statement;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }
}
