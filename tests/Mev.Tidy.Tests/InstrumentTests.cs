using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// Rule 8: instruments in code and in <c>docs/instruments.md</c> are the same. A listed one that no code creates yet
/// is an open item; alerts and dashboards join when there are any.
/// </summary>
public sealed partial class InstrumentTests
{
    private const string Document = "docs/instruments.md";

    [Fact]
    public void Every_instrument_in_code_is_documented()
    {
        var listed = Listed(Repository.Text(Document));
        Assert.NotEmpty(listed);
        Expect.NoFindings(Created(Repository.Product).Except(listed));
    }

    [Fact]
    public void Creation_is_seen_whatever_the_kind() =>
        Assert.Equal(
            ["mev.a", "mev.b.c", "mev.d"],
            Created([new SourceFile(
                "src/Mev.X/A.cs",
                """
                meter.CreateCounter<long>("mev.a", "{decision}");
                meter.CreateObservableGauge("mev.b.c", () => 1);
                meter.CreateHistogram<double>(
                    "mev.d", unit: "s");
                """)]));

    [Fact]
    public void Names_are_read_from_the_first_column_of_the_table() =>
        Assert.Equal(["mev.a", "mev.b"], Listed("| instrument | unit |\n|---|---|\n| `mev.a`, `mev.b` | `mev.c` |\n"));

    /// <summary>Listed instruments without code, and the parts of the rule that have no subject.</summary>
    internal static IEnumerable<string> Open()
    {
        foreach (var name in Listed(Repository.Text(Document)).Except(Created(Repository.Product)))
            yield return $"instrument:{name}";
        if (!Repository.Exists("deploy/observability")) yield return "rule-8:alerts-and-dashboards";
    }

    private static List<string> Created(IEnumerable<SourceFile> files) =>
        [.. from file in files
            from Match match in Creation().Matches(file.Text)
            select match.Groups["name"].Value];

    private static List<string> Listed(string document) =>
        [.. from Match row in FirstColumn().Matches(document)
            from Match name in Name().Matches(row.Value)
            select name.Groups["name"].Value];

    [GeneratedRegex(
        @"\.Create(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)(?:<\w+>)?\(\s*""(?<name>[^""]+)""")]
    private static partial Regex Creation();

    [GeneratedRegex(@"^\|[^|\n]*`[^|\n]*\|", RegexOptions.Multiline)]
    private static partial Regex FirstColumn();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Name();
}
