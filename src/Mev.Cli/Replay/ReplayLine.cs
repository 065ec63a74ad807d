using System.Text.Json.Serialization;
using Mev.Journal.Replay;

namespace Mev.Cli.Replay;

/// <summary>A report as JSON.</summary>
internal sealed record ReplayLine(
    [property: JsonPropertyName("decision")] string Decision,
    [property: JsonPropertyName("verdict")] string Verdict,
    [property: JsonPropertyName("hash")] string? Hash,
    [property: JsonPropertyName("field")] string Field,
    [property: JsonPropertyName("recorded")] string Recorded,
    [property: JsonPropertyName("recomputed")] string Recomputed,
    [property: JsonPropertyName("text")] string Text)
{
    public static ReplayLine Of(string decision, ReplayReport report) => new(
        decision, report.Verdict.ToString(), report.DecisionHash?.ToString(), report.Field, report.Recorded,
        report.Recomputed, report.Text);
}
