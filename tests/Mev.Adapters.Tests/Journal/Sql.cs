using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Another program's connection to a file.</summary>
internal static class Sql
{
    /// <summary>PRAGMA synchronous: a commit returns when its bytes are on the disk.</summary>
    public const long SynchronousFull = 2;

    public static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var statement = new SqliteStatement(connection, sql);
        statement.Execute();
    }
}
