using DuckDB.NET.Data;

namespace Mev.Adapters.DuckDb.Tables;

/// <summary>
/// A table whose columns are said once: its definition and what appends rows to it cannot differ. The partition is the
/// first column of every table that has a row for a record.
/// </summary>
internal sealed class Table<TRow>(string name, params Column<TRow>[] columns)
{
    /// <summary>Makes the table when it is missing.</summary>
    public string Definition { get; } =
        $"CREATE TABLE IF NOT EXISTS {name} ("
        + string.Join(", ", columns.Select(column => $"{column.Name} {column.Type}")) + ")";

    /// <summary>Appends rows within the connection's transaction.</summary>
    public void Append(DuckDBConnection connection, IReadOnlyList<TRow> rows)
    {
        if (rows.Count == 0) return;
        using var appender = connection.CreateAppender(name);
        foreach (var row in rows)
        {
            var to = appender.CreateRow();
            foreach (var column in columns) column.Append(to, row);
            to.EndRow();
        }
    }
}
