using System.Security.Cryptography;
using System.Text;

namespace Mev.Storage.Sqlite;

/// <summary>
/// Proves that a stored state is what was written under its key: SQLite proves nothing of its pages, and one changed
/// bit of a posterior would be believed. The proof, SHA-256 over key and data, stands before the data.
/// </summary>
internal static class StateProof
{
    /// <summary>What is stored.</summary>
    public static byte[] Seal(string key, ReadOnlySpan<byte> data)
    {
        var sealedData = new byte[SHA256.HashSizeInBytes + data.Length];
        Hash(key, data, sealedData);
        data.CopyTo(sealedData.AsSpan(SHA256.HashSizeInBytes));
        return sealedData;
    }

    /// <summary>The data of what is stored.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static byte[] Open(string key, ReadOnlySpan<byte> stored)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (stored.Length >= hash.Length)
        {
            var data = stored[hash.Length..];
            Hash(key, data, hash);
            if (hash.SequenceEqual(stored[..hash.Length])) return data.ToArray();
        }
        throw new InvalidDataException(
            $"state {key} is not what was written; without this file all states are made anew of the journal");
    }

    private static void Hash(string key, ReadOnlySpan<byte> data, Span<byte> hash)
    {
        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hasher.AppendData(Encoding.UTF8.GetBytes(key));
        hasher.AppendData([0]); // no key has it, so keys and data cannot be told apart in another way
        hasher.AppendData(data);
        hasher.GetHashAndReset(hash);
    }
}
