using System.Security.Cryptography;
using Mev.Control.StructuredFields;

namespace Mev.Control.Signatures;

/// <summary>The field <c>Content-Digest</c> (RFC 9530), with exactly one member <c>sha-256</c>.</summary>
internal static class ContentDigest
{
    private const string Algorithm = "sha-256";

    /// <summary>The field's value for a body.</summary>
    public static string Of(ReadOnlySpan<byte> body) =>
        $"{Algorithm}=:{Convert.ToBase64String(SHA256.HashData(body))}:";

    /// <summary>The digest that a value names; null when it is not exactly one of SHA-256.</summary>
    public static ReadOnlyMemory<byte>? Read(string value) =>
        FieldParser.Dictionary(value) is
        [
            {
                Key: Algorithm,
                Member: FieldItem { Value: FieldValue.Bytes { Value.Length: SHA256.HashSizeInBytes } bytes } item,
            }]
        && item.Parameters.Entries.IsEmpty
            ? bytes.Value
            : default(ReadOnlyMemory<byte>?);

    /// <summary>The digest is that of the body. Takes the same time wherever they differ.</summary>
    public static bool IsOf(ReadOnlyMemory<byte> digest, ReadOnlySpan<byte> body) =>
        CryptographicOperations.FixedTimeEquals(digest.Span, SHA256.HashData(body));
}
