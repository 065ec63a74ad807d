using System.Buffers;
using System.Security.Cryptography;
using Mev.Domain.Chain;

namespace Mev.Journal;

/// <summary>The leaf of a record in its partition's Merkle tree (RFC 6962).</summary>
public static class LeafHash
{
    // Longer records go through a rented array instead of the stack.
    private const int StackBytesMax = 1024;

    /// <summary>SHA-256(0x00 || <paramref name="bytes"/>).</summary>
    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < StackBytesMax) return Of(bytes, stackalloc byte[StackBytesMax]);
        var rented = ArrayPool<byte>.Shared.Rent(bytes.Length + 1);
        try
        {
            return Of(bytes, rented);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static Digest Of(ReadOnlySpan<byte> bytes, Span<byte> buffer)
    {
        buffer[0] = 0;
        bytes.CopyTo(buffer[1..]);
        Span<byte> hash = stackalloc byte[Digest.Length];
        SHA256.HashData(buffer[..(bytes.Length + 1)], hash);
        return new Digest(hash);
    }
}
