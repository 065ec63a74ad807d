using System.Security.Cryptography;
using Mev.Domain.Chain;

namespace Mev.Journal.Merkle;

/// <summary>An inner node of a partition's Merkle tree (RFC 6962); its leaves are <see cref="LeafHash"/>.</summary>
internal static class NodeHash
{
    /// <summary>The root of no leaf at all: SHA-256 of nothing.</summary>
    public static Digest Empty { get; } = Digest.Of([]);

    /// <summary>SHA-256(0x01 || left || right).</summary>
    public static Digest Of(Digest left, Digest right)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * Digest.Length];
        bytes[0] = 1;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Digest.Length)..]);
        Span<byte> hash = stackalloc byte[Digest.Length];
        SHA256.HashData(bytes, hash);
        return new Digest(hash);
    }
}
