using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>Arguments of instructions: little-endian numbers one after the other.</summary>
internal static class InstructionBytes
{
    private const int DiscriminatorLength = 8;

    /// <summary>
    /// What an Anchor program tells its instructions by: the first 8 bytes of SHA-256 of <c>global:name</c>.
    /// </summary>
    public static byte[] Discriminator(string name) =>
        SHA256.HashData(Encoding.ASCII.GetBytes("global:" + name))[..DiscriminatorLength];

    /// <summary>A prefix, then u64s.</summary>
    public static byte[] Of(ReadOnlySpan<byte> prefix, params ReadOnlySpan<ulong> amounts) => Of(prefix, amounts, []);

    /// <summary>A prefix, u64s, then bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> prefix, ReadOnlySpan<ulong> amounts, ReadOnlySpan<byte> rest)
    {
        var bytes = new byte[prefix.Length + sizeof(ulong) * amounts.Length + rest.Length];
        prefix.CopyTo(bytes);
        for (var i = 0; i < amounts.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(prefix.Length + sizeof(ulong) * i), amounts[i]);
        rest.CopyTo(bytes.AsSpan(bytes.Length - rest.Length));
        return bytes;
    }

    /// <summary>A u32 as a prefix: how the programs of the runtime tell their instructions.</summary>
    public static byte[] Tag(uint tag)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, tag);
        return bytes;
    }
}
