using System.Buffers.Binary;
using System.Numerics;

namespace Mev.Streaming.Frames;

/// <summary>
/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78, initial and final XOR 0xFFFFFFFF), taken in piece by piece.
/// </summary>
public struct Crc32C()
{
    private uint _state = uint.MaxValue;

    /// <summary>The sum of what was taken in.</summary>
    public readonly uint Value => ~_state;

    /// <summary>Takes in further bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            _state = BitOperations.Crc32C(_state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) _state = BitOperations.Crc32C(_state, one);
    }

    /// <summary>Takes in bytes behind their length, as the canonical state has keys and values.</summary>
    public void AddPrefixed(ReadOnlySpan<byte> bytes)
    {
        Span<byte> prefix = stackalloc byte[Varint.BytesMax];
        Add(prefix[..Varint.Write(prefix, (ulong)bytes.Length)]);
        Add(bytes);
    }
}
