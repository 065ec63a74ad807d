using System.Text.RegularExpressions;
using Mev.Fixtures;
using Mev.Journal.Sinker;

namespace Mev.Adapters.Tests.Stores;

/// <summary>The document of the store names its tables, views and columns, and no others.</summary>
public sealed partial class StoreDocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_document_has_the_tables_and_columns_of_a_new_store()
    {
        var path = _folder.File("decisions.duckdb");
        using (var store = Parts.Store(path)) await store.Position(0);
        var document = await File.ReadAllTextAsync(Path.Combine(TestData.Repository, "docs", "decision-store.md"));
        var rows = TableRow().Matches(document);

        Assert.Equal(
            StoreFile.Rows(path, "SELECT table_name FROM duckdb_tables() ORDER BY 1", it => it.GetString(0)),
            rows.Where(row => row.Groups["columns"].Success).Select(row => row.Groups["name"].Value).Order());
        Assert.Equal(
            StoreFile.Rows(
                path, "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1", it => it.GetString(0)),
            rows.Where(row => !row.Groups["columns"].Success).Select(row => row.Groups["name"].Value).Order());
        Assert.All(rows.Where(row => row.Groups["columns"].Success), row => Assert.Equal(
            StoreFile.Rows(
                path,
                $"SELECT column_name FROM duckdb_columns() WHERE table_name = '{row.Groups["name"].Value}' ORDER BY 1",
                it => it.GetString(0)),
            Name().Matches(row.Groups["columns"].Value).Select(name => name.Groups[1].Value).Order()));
    }

    [GeneratedRegex(
        @"^\| `(?<name>[a-z_]+)` \| [^|]+ (?:\| (?<columns>[^|]+) )?\|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Name();
}
