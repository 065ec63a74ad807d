using System.Text.Json;

namespace Mev.Adapters.Solana.Probes;

/// <summary>What endpoints say, as people may see it: short, on one line, and without what may be a key.</summary>
public static class ProbeText
{
    private const int LengthMax = 160;
    private const int KeyMin = 4; // a shorter part of an address is no key, and stands in many words

    /// <summary>A text that came with an endpoint's failure: no part of its path, query or user stays in it.</summary>
    public static string Of(string text, Uri endpoint)
    {
        string[] parts = [
            .. endpoint.PathAndQuery.Split('/', '?', '&', '='), .. endpoint.UserInfo.Split(':'), endpoint.Fragment];
        foreach (var part in parts.SelectMany(part => new[] { part, Uri.UnescapeDataString(part) }))
            if (part.Length >= KeyMin) text = text.Replace(part, "***", StringComparison.Ordinal);
        return Line(text);
    }

    /// <summary>Package and version out of what a server tells of itself, which is JSON at most of them.</summary>
    public static string Version(string told)
    {
        try
        {
            using var document = JsonDocument.Parse(told);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return Line(told);
            if (root.TryGetProperty("version", out var inner) && inner.ValueKind == JsonValueKind.Object) root = inner;
            var named = $"{Text(root, "package")} {Text(root, "version")}".Trim();
            return Line(named.Length > 0 ? named : told);
        }
        catch (JsonException)
        {
            return Line(told);
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";

    private static string Line(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return line.Length <= LengthMax ? line : $"{line[..LengthMax]}...";
    }
}
