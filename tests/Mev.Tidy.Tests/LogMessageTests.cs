using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>Rule 4: every log message is generated, and its id is unique and of its project's range.</summary>
public sealed partial class LogMessageTests
{
    private const int RangeLength = 1000;

    /// <summary>First id of a project's range; ids are permanent, since alerts and people search for them.</summary>
    private static readonly Dictionary<string, int> RangeStarts = new()
    {
        ["Mev.Grains"] = 1000,
        ["Mev.Adapters.Jito"] = 2000,
        ["Mev.Adapters.Solana"] = 3000,
        ["Mev.Adapters.Kafka"] = 4000,
        ["Mev.Adapters.ClickHouse"] = 5000,
        ["Mev.Adapters.DuckDb"] = 5000,
        ["Mev.Gateway"] = 6000,
        ["Mev.Journal"] = 7000,
        ["Mev.Simulator"] = 8000,
        ["Mev.Adapters.Paper"] = 9000,
        ["Mev.Storage.Sqlite"] = 10000,
        ["Mev.ServiceDefaults"] = 11000,
        ["Mev.Silo"] = 12000,
        ["Mev.DevHost"] = 13000,
        ["Mev.Cli"] = 14000,
        ["Mev.Journal.Streams"] = 15000,
    };

    [Fact]
    public void Every_log_message_has_a_unique_id_of_its_project() =>
        Expect.NoFindings(Findings([.. Repository.Product]));

    [Theory]
    [InlineData("[LoggerMessage(2000, LogLevel.Debug, \"a\")] partial void LogA();", "outside")]
    [InlineData("[LoggerMessage(EventId = 7, Level = LogLevel.Debug)] partial void LogA();", "outside")]
    [InlineData("[LoggerMessage(LogLevel.Debug, \"a\")] partial void LogA();", "no id")]
    [InlineData("[LoggerMessage(1001, LogLevel.Debug, \"a\")] partial void LogA();\n"
        + "[LoggerMessage(1001, LogLevel.Debug, \"b\")] partial void LogB();", "twice")]
    [InlineData("void M() { _logger.LogWarning(\"a\"); }", "plain")]
    [InlineData("void M() { logger.Log(LogLevel.Debug, \"a\"); }", "plain")]
    public void A_bad_log_message_is_found(string members, string finding) =>
        Assert.Contains(
            Findings([new SourceFile("src/Mev.Grains/A.cs", $"namespace Mev.Grains;\nclass A\n{{\n{members}\n}}\n")]),
            found => found.Contains(finding));

    [Fact]
    public void A_project_without_a_range_is_found() =>
        Assert.NotEmpty(Findings([new SourceFile("src/Mev.New/A.cs", "[LoggerMessage(1, LogLevel.Debug, \"a\")]")]));

    private static IEnumerable<string> Findings(IReadOnlyList<SourceFile> files)
    {
        var seen = new Dictionary<int, string>();
        foreach (var file in files)
        {
            foreach (Match call in PlainCall().Matches(file.CSharp.Code))
                yield return $"{file.At(call.Index)}: plain {call.Value}";
            foreach (Match message in LoggerMessage().Matches(file.CSharp.Code))
            {
                var at = file.At(message.Index);
                if (!int.TryParse(message.Groups["id"].Value, out var id)) yield return $"{at}: no id";
                else if (!seen.TryAdd(id, at)) yield return $"{at}: {id} twice, first in {seen[id]}";
                else if (!IsInRange(file.Project, id)) yield return $"{at}: {id} is outside its project's range";
            }
        }
    }

    private static bool IsInRange(string project, int id) =>
        RangeStarts.TryGetValue(project, out var start) && id >= start && id < start + RangeLength;

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:(?:EventId\s*=\s*)?(?<id>\d+))?")]
    private static partial Regex LoggerMessage();

    [GeneratedRegex(@"\w*[lL]og(?:ger)?\.Log(?:Trace|Debug|Information|Warning|Error|Critical)?\(")]
    private static partial Regex PlainCall();
}
