using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// Rule 9: <c>docs/invariants.md</c> has a row for each invariant, with a test and a mutation that exist, both as
/// <c>Class.Method</c> of a test. A row that says 'open' is an open item.
/// </summary>
public sealed partial class InvariantTests
{
    private const string Document = "docs/invariants.md";
    private const int InvariantsCount = 9;

    private static readonly Lazy<HashSet<string>> Tests = new(() =>
        [.. from file in Repository.CSharp
            where file.IsTest
            from type in file.Types
            from member in type.Members
            where member.IsTest
            select $"{type.Name}.{member.Name}"]);

    [Fact]
    public void All_nine_invariants_have_a_row() =>
        Assert.Equal(Enumerable.Range(1, InvariantsCount), Rows(Repository.Text(Document)).Select(row => row.Number));

    [Fact]
    public void Every_test_and_mutation_that_is_named_exists() =>
        Expect.NoFindings(Rows(Repository.Text(Document)).SelectMany(Missing));

    [Fact]
    public void A_name_of_no_test_and_a_cell_without_a_name_are_found()
    {
        var row = Rows("| 7 | quotes are exact | `NoTests.No_fact` | by hand |\n").Single();
        Assert.Equal(["invariant 7: no test NoTests.No_fact", "invariant 7: 'by hand' names no test"], Missing(row));
    }

    [Fact]
    public void A_row_with_an_open_cell_is_open()
    {
        Assert.True(IsOpen(Rows("| 1 | x | `A.B` | open |\n").Single()));
        Assert.False(IsOpen(Rows("| 1 | an open shop | `A.B` | `C.D`, `E.F` |\n").Single()));
    }

    /// <summary>Invariants that lack a test or a mutation.</summary>
    internal static IEnumerable<string> Open() =>
        Rows(Repository.Text(Document)).Where(IsOpen).Select(row => $"invariant:{row.Number}");

    /// <summary>There is a test of that name, as <c>Class.Method</c>.</summary>
    internal static bool Exists(string name) => Tests.Value.Contains(name);

    private static bool IsOpen(Row row) => row.Test == "open" || row.Mutation == "open";

    private static IEnumerable<string> Missing(Row row)
    {
        foreach (var cell in new[] { row.Test, row.Mutation }.Where(cell => cell != "open"))
        {
            var names = Name().Matches(cell).Select(match => match.Groups["name"].Value).ToList();
            if (names.Count == 0) yield return $"invariant {row.Number}: '{cell}' names no test";
            foreach (var name in names.Where(name => !Exists(name)))
                yield return $"invariant {row.Number}: no test {name}";
        }
    }

    private static IEnumerable<Row> Rows(string document) =>
        TableRow().Matches(document).Select(row => new Row(
            int.Parse(row.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture),
            row.Groups["test"].Value, row.Groups["mutation"].Value));

    [GeneratedRegex(
        @"^\| (?<number>\d+) \| [^|\n]+ \| (?<test>[^|\n]+) \| (?<mutation>[^|\n]+) \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Name();

    private sealed record Row(int Number, string Test, string Mutation);
}
