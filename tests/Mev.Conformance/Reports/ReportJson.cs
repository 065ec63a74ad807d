using System.Text.Json;

namespace Mev.Conformance.Reports;

/// <summary>The report for programs.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>One object: <c>protocols</c> with their counts and differences, <c>unknown</c> with counts.</summary>
    public static string Of(ConformanceReport report)
    {
        var protocols = report.Protocols.Select(protocol => new
        {
            protocol.Protocol,
            Vectors = protocol.VectorsCount,
            Matched = protocol.MatchedCount,
            Mismatched = protocol.MismatchedCount,
            Mismatches = protocol.Shown,
        });
        return JsonSerializer.Serialize(new { Protocols = protocols, report.Unknown }, Options) + Environment.NewLine;
    }
}
