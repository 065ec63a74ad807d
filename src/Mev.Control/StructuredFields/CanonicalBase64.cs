using System.Buffers;
using System.Buffers.Text;

namespace Mev.Control.StructuredFields;

/// <summary>
/// Base64 with exactly one text for each value: with another spelling of the same bytes a signature would have two.
/// </summary>
internal static class CanonicalBase64
{
    /// <summary>The bytes; null when the text is not the one that <see cref="Convert"/> writes for them.</summary>
    public static byte[]? Read(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return null;
        return Convert.ToBase64String(bytes.AsSpan(0, length)) == text ? bytes[..length] : null;
    }

    /// <summary>The bytes of the URL-safe form without padding (RFC 4648 section 5); null for any other text.</summary>
    public static byte[]? ReadUrl(string text, int length)
    {
        if (text.Length != Base64Url.GetEncodedLength(length)) return null;
        var bytes = new byte[length];
        // the form of this decoder that answers false throws on characters of another alphabet
        return Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done
            && written == length
            && Base64Url.EncodeToString(bytes) == text
            ? bytes
            : null;
    }
}
