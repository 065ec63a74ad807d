using DuckDB.NET.Data;

namespace Mev.Adapters.DuckDb.Tables;

/// <summary>Values that the appender takes in one form only.</summary>
internal static class AppenderRows
{
    /// <summary>Appends a list; the appender takes arrays, and no other sequence.</summary>
    public static IDuckDBAppenderRow AppendList<T>(this IDuckDBAppenderRow row, IEnumerable<T> values) =>
        row.AppendValue<T>(values.ToArray());
}
