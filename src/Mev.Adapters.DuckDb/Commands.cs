using System.Globalization;
using DuckDB.NET.Data;

namespace Mev.Adapters.DuckDb;

/// <summary>Statements without ceremony.</summary>
internal static class Commands
{
    /// <summary>A command with its parameters by name.</summary>
    public static DuckDBCommand Command(
        this DuckDBConnection connection, string sql, params IEnumerable<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new DuckDBParameter(name, value ?? DBNull.Value));
        return command;
    }

    /// <summary>Runs a statement; the rows that it changed.</summary>
    public static int Run(
        this DuckDBConnection connection, string sql, params IEnumerable<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The one number that a statement yields; 0 of NULL.</summary>
    public static long Number(
        this DuckDBConnection connection, string sql, params IEnumerable<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteScalar() is { } value and not DBNull
            ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>Reads every row.</summary>
    public static List<TRow> Rows<TRow>(
        this DuckDBConnection connection, string sql, Func<DuckDBDataReader, TRow> read,
        params IEnumerable<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<TRow>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }
}
