using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mev.Adapters.DuckDb.Sandbox;

namespace Mev.Cli.Sql;

/// <summary>
/// Prints an answer. As JSON numbers stand in full, whatever their length; what JSON has no form for is text.
/// </summary>
internal static class SqlOutput
{
    public static void Print(SandboxAnswer answer, Output output)
    {
        if (output.IsJson) output.Json(JsonSerializer.SerializeToElement(Json(answer)));
        else Table(answer, output);
    }

    private static void Table(SandboxAnswer answer, Output output)
    {
        output.Table(
            [.. answer.Columns.Select((column, at) => IsNumber(answer, at) ? $">{column.Name}" : column.Name)],
            answer.Rows.Select(row => row.Select(value => value is null ? "" : Text(value)).ToList()));
        output.Line($"  {answer.Rows.Count} rows{(answer.IsCut ? "; there are more (--rows)" : "")}");
    }

    private static bool IsNumber(SandboxAnswer answer, int column) =>
        answer.Rows.Count > 0 && answer.Rows[0][column] is { } first && first is not bool
        && (first.GetType().IsPrimitive || first is BigInteger or decimal);

    private static string Text(object value) => value switch
    {
        string text => text,
        byte[] or Stream => Hex(value),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        IEnumerable => Node(value)?.ToJsonString() ?? "",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static JsonObject Json(SandboxAnswer answer) => new()
    {
        ["columns"] = new JsonArray([.. answer.Columns.Select(
            JsonNode? (column) => new JsonObject { ["name"] = column.Name, ["type"] = column.Type })]),
        ["rows"] = new JsonArray([.. answer.Rows.Select(
            JsonNode? (row) => new JsonArray([.. row.Select(Node)]))]),
        ["isCut"] = answer.IsCut,
    };

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        string text => text,
        double number when !double.IsFinite(number) => Text(number),
        float number when !float.IsFinite(number) => Text(number),
        sbyte or byte or short or ushort or int or uint or long or ulong or double or float or decimal or BigInteger =>
            JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $"{value}")),
        IDictionary map => new JsonObject(
            map.Cast<DictionaryEntry>().Select(pair => KeyValuePair.Create(Text(pair.Key), Node(pair.Value)))),
        byte[] or Stream => Text(value),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Node)]),
        _ => Text(value),
    };

    private static string Hex(object value)
    {
        if (value is byte[] bytes) return Convert.ToHexStringLower(bytes);
        using var copy = new MemoryStream();
        ((Stream)value).CopyTo(copy);
        return Convert.ToHexStringLower(copy.ToArray());
    }
}
