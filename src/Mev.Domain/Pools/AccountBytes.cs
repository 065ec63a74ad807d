using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Domain.Pools;

/// <summary>
/// Little-endian fields of account data read and written in place. The caller has checked the length.
/// </summary>
internal static class AccountBytes
{
    /// <summary>The u16 at an offset.</summary>
    public static ushort U16(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(data[offset..]);

    /// <summary>The u32 at an offset.</summary>
    public static uint U32(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(data[offset..]);

    /// <summary>The i32 at an offset.</summary>
    public static int I32(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadInt32LittleEndian(data[offset..]);

    /// <summary>The i64 at an offset.</summary>
    public static long I64(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadInt64LittleEndian(data[offset..]);

    /// <summary>The u64 at an offset.</summary>
    public static ulong U64(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(data[offset..]);

    /// <summary>The u128 at an offset.</summary>
    public static UInt128 U128(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadUInt128LittleEndian(data[offset..]);

    /// <summary>The address at an offset.</summary>
    public static Pubkey Key(ReadOnlySpan<byte> data, int offset) => new(data[offset..]);

    /// <summary>A number of the addresses at some offsets, in order: others practically never give it.</summary>
    public static ulong Mark(ReadOnlySpan<byte> data, ReadOnlySpan<int> offsets)
    {
        var mark = 1UL;
        foreach (var offset in offsets)
        {
            for (var i = 0; i < Pubkey.Length; i += sizeof(ulong))
                mark = unchecked((mark ^ U64(data, offset + i)) * 0x9E3779B97F4A7C15UL); // mixes; may wrap
        }
        return mark;
    }

    /// <summary>Adds to the u64 at an offset.</summary>
    public static void Add(Span<byte> data, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(data[offset..], U64(data, offset) + value);

    /// <summary>Subtracts from the u64 at an offset.</summary>
    public static void Subtract(Span<byte> data, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(data[offset..], U64(data, offset) - value);

    /// <summary>Adds to the u128 at an offset.</summary>
    public static void AddWide(Span<byte> data, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt128LittleEndian(data[offset..], U128(data, offset) + value);

    /// <summary>Sets the u64 at an offset.</summary>
    public static void Set(Span<byte> data, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(data[offset..], value);

    /// <summary>Sets the u128 at an offset.</summary>
    public static void SetWide(Span<byte> data, int offset, UInt128 value) =>
        BinaryPrimitives.WriteUInt128LittleEndian(data[offset..], value);
}
