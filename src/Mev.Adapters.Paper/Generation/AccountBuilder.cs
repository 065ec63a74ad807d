using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Adapters.Paper.Generation;

/// <summary>Fields written into the bytes of a new account, little-endian.</summary>
internal readonly ref struct AccountBuilder(int length)
{
    /// <summary>The account's bytes.</summary>
    public byte[] Data { get; } = new byte[length];

    public void Put(int offset, ReadOnlySpan<byte> bytes) => bytes.CopyTo(Data.AsSpan(offset));

    public void Put(int offset, byte value) => Data[offset] = value;

    public void Put(int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Data.AsSpan(offset), value);

    public void Put(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(Data.AsSpan(offset), value);

    public void Put(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Data.AsSpan(offset), value);

    public void Put(int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Data.AsSpan(offset), value);

    public void Put(int offset, UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Data.AsSpan(offset), value);

    public void Put(int offset, Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(Data.AsSpan(offset), value);

    public void Put(int offset, in Pubkey value) => value.CopyTo(Data.AsSpan(offset));
}
