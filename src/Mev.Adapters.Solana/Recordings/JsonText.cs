using System.Text.Json;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>Base58 strings of a JSON reader.</summary>
internal static class JsonText
{
    /// <summary>
    /// Widens the string that the reader stands on into <paramref name="text"/>. False when it is no string, longer
    /// than <see cref="Base58.DigitsMax"/>, or escaped, which no base58 text is.
    /// </summary>
    public static bool TryBase58(in Utf8JsonReader json, Span<char> text, out int length)
    {
        length = json.ValueSpan.Length;
        if (json.TokenType != JsonTokenType.String || json.ValueIsEscaped || length > Base58.DigitsMax) return false;
        for (var i = 0; i < length; i++) text[i] = (char)json.ValueSpan[i];
        return true;
    }
}
