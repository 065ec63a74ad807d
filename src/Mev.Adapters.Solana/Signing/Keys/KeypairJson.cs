using System.Security.Cryptography;
using System.Text.Json;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing.Keys;

/// <summary>
/// The keypair file of Solana's command line: a JSON array of 64 bytes, the seed and then the public key. Read number
/// by number, so that no text of it is ever made.
/// </summary>
internal static class KeypairJson
{
    private const int Length = SigningKey.SeedLength + Pubkey.Length;

    /// <summary>Reads the seed. Never throws.</summary>
    public static KeyFileDefect Read(ReadOnlySpan<byte> json, Span<byte> seed)
    {
        var pair = KeyFile.SecretBytes(Length);
        try
        {
            if (!TryRead(json, pair)) return KeyFileDefect.Form;
            using var key = new SigningKey(pair.AsSpan(0, SigningKey.SeedLength));
            if (key.Address != new Pubkey(pair.AsSpan(SigningKey.SeedLength))) return KeyFileDefect.Mismatch;
            pair.AsSpan(0, SigningKey.SeedLength).CopyTo(seed);
            return KeyFileDefect.None;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pair);
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> json, Span<byte> pair)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return false;
            foreach (ref var value in pair)
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetByte(out value))
                    return false;
            }
            return reader.Read() && reader.TokenType == JsonTokenType.EndArray && !reader.Read();
        }
        catch (JsonException)
        {
            return false; // its message could show a character of the file, so it goes no further
        }
    }
}
