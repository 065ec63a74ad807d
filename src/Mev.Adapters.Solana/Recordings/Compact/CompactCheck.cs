using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>
/// Proves what no compression's checksum covers: the head, and the heads of the frames. Each check holds the one before
/// it too, so a frame that is missing, doubled or moved shows like a changed byte.
/// </summary>
internal static class CompactCheck
{
    /// <summary>Bytes of one in the file, little-endian.</summary>
    public const int Length = sizeof(ulong);

    /// <summary>The check after more bytes: the first eight of SHA-256 over the one before and them.</summary>
    /// <param name="before">The check so far; 0 at the beginning of a file.</param>
    /// <param name="bytes">What follows.</param>
    public static ulong After(ulong before, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        BinaryPrimitives.WriteUInt64LittleEndian(hash, before);
        hasher.AppendData(hash[..Length]);
        hasher.AppendData(bytes);
        hasher.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
