using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// Rule 9 for limits: every row of <c>docs/limits.md</c> names a test that fills the place. That the rows are the
/// places of a running host is a test of its own.
/// </summary>
public sealed partial class LimitTests
{
    private const string Document = "docs/limits.md";

    [Fact]
    public void Every_limit_names_a_test_that_exists() => Expect.NoFindings(Findings(Repository.Text(Document)));

    [Fact]
    public void A_limit_without_a_test_and_a_document_without_limits_are_found()
    {
        Assert.Equal(
            ["a.b: no test NoTests.No_fact"], Findings("| `a.b` | 3 | Wait | waits | `NoTests.No_fact` |\n"));
        Assert.Equal(["a.b names no test"], Findings("| `a.b` | 3 | Wait | waits | none |\n"));
        Assert.Equal(["no limits"], Findings("# Limits\n"));
    }

    private static IEnumerable<string> Findings(string document)
    {
        var rows = TableRow().Matches(document);
        if (rows.Count == 0) yield return "no limits";
        foreach (Match row in rows)
        {
            var tests = Name().Matches(row.Groups["test"].Value).Select(match => match.Groups["name"].Value).ToList();
            if (tests.Count == 0) yield return $"{row.Groups["place"].Value} names no test";
            foreach (var test in tests.Where(test => !InvariantTests.Exists(test)))
                yield return $"{row.Groups["place"].Value}: no test {test}";
        }
    }

    [GeneratedRegex(@"^\| `(?<place>[^`|]+)` \|(?:[^|\n]+\|){3} (?<test>[^|\n]+) \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Name();
}
