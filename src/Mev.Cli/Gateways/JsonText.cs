using System.Globalization;
using System.Text.Json;

namespace Mev.Cli.Gateways;

/// <summary>Reads answers by path; what is not there is empty.</summary>
internal static class JsonText
{
    private const decimal LamportsPerSol = 1_000_000_000m;

    /// <summary>The value under a path such as <c>feed.slot</c>; undefined when it is not there.</summary>
    public static JsonElement At(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return default;
        return element;
    }

    public static string Text(this JsonElement element, string path) => Text(element.At(path));

    public static string Text(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.ToString(),
    };

    public static bool IsThere(this JsonElement element, string path) =>
        element.At(path).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public static long Number(this JsonElement element, string path) =>
        long.TryParse(element.Text(path), CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string path)
    {
        var list = element.At(path);
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
    }

    /// <summary>Digits in groups; other text unchanged.</summary>
    public static string Count(this JsonElement element, string path)
    {
        var text = element.Text(path);
        return decimal.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("N0", CultureInfo.InvariantCulture)
            : text;
    }

    public static string Sol(this JsonElement element, string path) =>
        decimal.TryParse(element.Text(path), CultureInfo.InvariantCulture, out var lamports)
            ? string.Create(CultureInfo.InvariantCulture, $"{lamports / LamportsPerSol:0.000000000} SOL")
            : "";

    /// <summary>A share as a percentage, three decimals for others.</summary>
    public static string Percent(this JsonElement element, string path) =>
        double.TryParse(element.Text(path), CultureInfo.InvariantCulture, out var share)
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %")
            : "";

    public static string Decimals(this JsonElement element, string path, string format = "0.000") =>
        double.TryParse(element.Text(path), CultureInfo.InvariantCulture, out var value)
            ? value.ToString(format, CultureInfo.InvariantCulture)
            : "";
}
