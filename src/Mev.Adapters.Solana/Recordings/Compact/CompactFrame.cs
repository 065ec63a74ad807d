using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>
/// What stands before each frame: enough to pass over it, so the frames of a file are its index by slot.
/// </summary>
internal readonly record struct CompactFrame
{
    /// <summary>Bytes of this form.</summary>
    public const int Length = 32;

    private const uint FrameMark = 0x4D415246; // "FRAM"
    private const uint EndMark = 0x21444E45; // "END!"

    /// <summary>It is the end of the file and holds nothing.</summary>
    public bool IsEnd { get; init; }

    /// <summary>Bytes that follow.</summary>
    public uint CompressedBytes { get; init; }

    /// <summary>Their bytes once decompressed.</summary>
    public uint RawBytes { get; init; }

    /// <summary>Batches in it; in the end, of the whole recording.</summary>
    public uint Batches { get; init; }

    /// <summary>Lowest slot of the cursors of its batches.</summary>
    public Slot First { get; init; }

    /// <summary>Highest slot of them.</summary>
    public Slot Last { get; init; }

    /// <summary>Writes <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, IsEnd ? EndMark : FrameMark);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], CompressedBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], RawBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], Batches);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], First.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], Last.Value);
    }

    /// <summary>Reads <see cref="Length"/> bytes; null when they are none that a writer makes.</summary>
    public static CompactFrame? Read(ReadOnlySpan<byte> bytes)
    {
        var mark = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var frame = new CompactFrame
        {
            IsEnd = mark == EndMark,
            CompressedBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
            RawBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
            Batches = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            First = new Slot(BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..])),
            Last = new Slot(BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..])),
        };
        var isPossible = frame.IsEnd
            ? frame is { CompressedBytes: 0, RawBytes: 0 }
            : mark == FrameMark && frame is { Batches: > 0, RawBytes: > 0 and <= CompactFormat.FrameBytesMax }
                && frame.CompressedBytes is > 0 and <= CompactFormat.FrameBytesMax;
        return isPossible ? frame : null;
    }
}
