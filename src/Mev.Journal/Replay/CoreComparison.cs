using System.Collections;
using System.Globalization;
using Google.Protobuf;

namespace Mev.Journal.Replay;

/// <summary>Finds the first field, in the order of the numbers, in which two records differ.</summary>
internal static class CoreComparison
{
    /// <summary>Path and both values of the first difference; null when every field is equal.</summary>
    public static (string Field, string Recorded, string Recomputed)? FirstDifference(
        IMessage recorded, IMessage recomputed, string prefix = "")
    {
        foreach (var field in recorded.Descriptor.Fields.InFieldNumberOrder())
        {
            var (left, right) = (field.Accessor.GetValue(recorded), field.Accessor.GetValue(recomputed));
            var path = prefix + field.Name;
            var difference = field.IsRepeated
                ? InLists((IList)left, (IList)right, path)
                : InValues(left, right, path);
            if (difference is not null) return difference;
        }
        return null;
    }

    private static (string, string, string)? InLists(IList recorded, IList recomputed, string path)
    {
        for (var i = 0; i < Math.Min(recorded.Count, recomputed.Count); i++)
        {
            var difference = InValues(recorded[i], recomputed[i], $"{path}[{i}]");
            if (difference is not null) return difference;
        }
        return recorded.Count == recomputed.Count
            ? null
            : ($"{path}.count", Text(recorded.Count), Text(recomputed.Count));
    }

    private static (string, string, string)? InValues(object? recorded, object? recomputed, string path) =>
        (recorded, recomputed) switch
        {
            (IMessage left, IMessage right) => FirstDifference(left, right, path + "."),
            _ when Equals(recorded, recomputed) => null,
            _ => (path, Text(recorded), Text(recomputed)),
        };

    private static string Text(object? value) => value switch
    {
        null => "none",
        ByteString bytes => Convert.ToHexStringLower(bytes.Span),
        IMessage => "present",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
