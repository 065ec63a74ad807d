using DuckDB.NET.Data;

namespace Mev.Adapters.DuckDb.Tables;

/// <summary>A column: its name, its type, and how a row's value gets into it.</summary>
internal sealed record Column<TRow>(string Name, string Type, Action<IDuckDBAppenderRow, TRow> Append);
