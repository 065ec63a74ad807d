namespace Mev.Adapters.DuckDb.Sandbox;

/// <summary>The answer to a question of one's own.</summary>
/// <param name="Columns">Names and types, as DuckDB calls them.</param>
/// <param name="Rows">Values in the order of the columns; null for NULL.</param>
/// <param name="IsCut">There are more rows than were read.</param>
public sealed record SandboxAnswer(
    IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<object?[]> Rows, bool IsCut);
