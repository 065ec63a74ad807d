using System.Globalization;
using System.Text;

namespace Mev.Conformance.Reports;

/// <summary>The report as a table for people.</summary>
public static class ReportTable
{
    /// <summary>One line per protocol, then the differences, then what is not known.</summary>
    public static string Of(ConformanceReport report)
    {
        var text = new StringBuilder();
        Row(text, "protocol", "vectors", "matched", "mismatched");
        foreach (var protocol in report.Protocols)
        {
            Row(text, protocol.Protocol, protocol.VectorsCount, protocol.MatchedCount, protocol.MismatchedCount);
        }
        foreach (var mismatch in report.Protocols.SelectMany(protocol => protocol.Shown))
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  {mismatch.Vector}: {mismatch.Field} {mismatch.Actual} instead of {mismatch.Expected}");
        }
        if (report.Unknown.Count == 0) return text.ToString();
        var unknown = report.Unknown.Select(entry => $"{entry.Key} ({entry.Value})");
        return text.Append("not known, not run: ").AppendJoin(", ", unknown).AppendLine().ToString();
    }

    private static void Row(StringBuilder text, string name, object vectors, object matched, object mismatched) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"{name,-28}{vectors,10}{matched,10}{mismatched,12}");
}
