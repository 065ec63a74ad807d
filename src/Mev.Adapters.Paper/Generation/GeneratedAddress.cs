using System.Buffers.Binary;
using System.Security.Cryptography;
using Mev.Domain.Chain;

namespace Mev.Adapters.Paper.Generation;

/// <summary>Addresses of the generated market: hashes of what they stand for.</summary>
internal static class GeneratedAddress
{
    /// <summary>SHA-256("mev-generated", 0, role in ASCII, 0, seed u64 LE, number u64 LE).</summary>
    public static Pubkey Of(ulong seed, string role, long number)
    {
        var prefix = "mev-generated\0"u8;
        Span<byte> text = stackalloc byte[128];
        prefix.CopyTo(text);
        var length = prefix.Length;
        foreach (var letter in role) text[length++] = (byte)letter;
        text[length++] = 0;
        BinaryPrimitives.WriteUInt64LittleEndian(text[length..], seed);
        BinaryPrimitives.WriteInt64LittleEndian(text[(length + sizeof(ulong))..], number);
        Span<byte> hash = stackalloc byte[Digest.Length];
        SHA256.HashData(text[..(length + 2 * sizeof(ulong))], hash);
        return new Pubkey(hash);
    }
}
