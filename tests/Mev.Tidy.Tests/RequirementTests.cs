using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// Every test that <c>docs/chain.md</c> names for a requirement exists, and every requirement names one; those that
/// <c>docs/learning.md</c> names with the mistakes that they tell exist too.
/// </summary>
public sealed partial class RequirementTests
{
    private const string Document = "docs/chain.md";

    [Fact]
    public void Every_requirement_names_a_test_that_exists() => Expect.NoFindings(Findings(Repository.Text(Document)));

    [Fact]
    public void Every_test_of_learning_exists()
    {
        var names = Name().Matches(Repository.Text("docs/learning.md")).Select(match => match.Groups["name"].Value);
        Assert.True(names.Count() > 20);
        Expect.NoFindings(names.Where(name => !InvariantTests.Exists(name)));
    }

    [Fact]
    public void A_requirement_without_a_test_and_a_test_that_is_none_are_found()
    {
        Assert.Equal(
            ["1: no test NoTests.No_fact", "2 names no test"],
            Findings("| 1 | a | `NoTests.No_fact` | |\n| 2 | b | none | |\n"));
        Assert.Equal(["no requirements"], Findings("# nothing\n"));
    }

    private static IEnumerable<string> Findings(string document)
    {
        var rows = Row().Matches(document);
        if (rows.Count == 0) yield return "no requirements";
        foreach (Match row in rows)
        {
            var names = Name().Matches(row.Value).Select(match => match.Groups["name"].Value).ToList();
            if (names.Count == 0) yield return $"{row.Groups["number"].Value} names no test";
            foreach (var name in names.Where(name => !InvariantTests.Exists(name)))
                yield return $"{row.Groups["number"].Value}: no test {name}";
        }
    }

    [GeneratedRegex(@"^\| (?<number>\d+) \|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+Tests\.\w+)`")]
    private static partial Regex Name();
}
