using System.Text.Json;

namespace Mev.Conformance.Vectors;

/// <summary>One line of a file of swaps.</summary>
/// <param name="Id">The vector's label, or where the line stands.</param>
/// <param name="Protocol">The protocol that it names, or the file's name when it names none.</param>
/// <param name="Vector">The swap; null when the line is of another form or damaged.</param>
/// <param name="Problem">Why there is no swap.</param>
public sealed record VectorLine(string Id, string Protocol, SwapVector? Vector, string Problem)
{
    /// <summary>Reads a line of the file <paramref name="name"/>.</summary>
    public static VectorLine Read(string text, string name, string place)
    {
        var (id, protocol) = (place, name);
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.TryGetProperty("protocol", out var named)) protocol = named.GetString() ?? name;
            if (root.TryGetProperty("id", out var label)) id = label.GetString() ?? place;
            return new VectorLine(id, protocol, SwapVector.Read(root.Clone(), id), "");
        }
        catch (Exception e) when (MalformedLine.Is(e))
        {
            return new VectorLine(id, protocol, null, $"{place}: {e.Message}");
        }
    }
}
