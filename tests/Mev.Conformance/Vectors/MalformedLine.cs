using System.Text.Json;

namespace Mev.Conformance.Vectors;

/// <summary>What reading a line that is not as the formats say can throw.</summary>
internal static class MalformedLine
{
    /// <summary>The exception is about the text, not about the program.</summary>
    public static bool Is(Exception exception) => exception
        is JsonException or FormatException or OverflowException or KeyNotFoundException or InvalidOperationException;
}
