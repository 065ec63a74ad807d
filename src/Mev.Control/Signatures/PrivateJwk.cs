using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Mev.Control.Signatures;

/// <summary>The file of an operator's key: a JWK of Ed25519 with its secret (RFC 8037).</summary>
public static class PrivateJwk
{
    private const int SeedLength = 32;

    /// <summary>A new key's file; the bytes are the caller's to wipe.</summary>
    public static byte[] New(out Ed25519PublicKey publicKey)
    {
        Span<byte> seed = stackalloc byte[SeedLength];
        RandomNumberGenerator.Fill(seed);
        using var key = new Ed25519PrivateKey(seed);
        publicKey = key.PublicKey;
        Span<byte> secret = stackalloc byte[Base64Url.GetEncodedLength(SeedLength)];
        Base64Url.EncodeToUtf8(seed, secret);
        var x = Base64Url.EncodeToString(publicKey.ToArray());
        byte[] file =
        [
            .. "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\""u8,
            .. System.Text.Encoding.ASCII.GetBytes($"{publicKey.Id}\",\"x\":\"{x}\",\"d\":\""),
            .. secret, .. "\"}\n"u8,
        ];
        CryptographicOperations.ZeroMemory(seed);
        CryptographicOperations.ZeroMemory(secret);
        return file;
    }

    /// <summary>The key of a file; null when it is none, or its parts are of two keys.</summary>
    public static Ed25519PrivateKey? Read(ReadOnlySpan<byte> json)
    {
        Span<byte> seed = stackalloc byte[SeedLength];
        try
        {
            if (!TryRead(json, seed, out var kid)) return null;
            var key = new Ed25519PrivateKey(seed);
            if (kid is null || KeyId.Parse(kid) == key.PublicKey.Id) return key;
            key.Dispose();
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> json, Span<byte> seed, out string? kid)
    {
        kid = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            var (isKey, hasSeed) = (false, false);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isSecret = reader.ValueTextEquals("d"u8);
                var (isCurve, isId) = (reader.ValueTextEquals("crv"u8), reader.ValueTextEquals("kid"u8));
                if (!reader.Read() || reader.TokenType != JsonTokenType.String) return false;
                if (isSecret)
                {
                    hasSeed = reader.ValueSpan.Length == Base64Url.GetEncodedLength(SeedLength)
                        && Base64Url.TryDecodeFromUtf8(reader.ValueSpan, seed, out var written)
                        && written == SeedLength;
                }
                else if (isCurve)
                {
                    isKey = reader.ValueTextEquals("Ed25519"u8);
                }
                else if (isId)
                {
                    kid = reader.GetString();
                }
            }
            return isKey && hasSeed && reader.TokenType == JsonTokenType.EndObject;
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            return false; // its message could show a character of the file, so it goes no further
        }
    }
}
