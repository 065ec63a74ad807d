using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>
/// What stands before each frame: enough to pass over it, so the frames of a file are its index by slot.
/// </summary>
internal readonly record struct CompactFrame
{
    /// <summary>Bytes of this form.</summary>
    public const int Length = Told + CompactCheck.Length;

    private const int Told = 32;
    private const uint FrameMark = 0x4D415246; // "FRAM"
    private const uint DrainsMark = 0x4E415244; // "DRAN"
    private const uint EndMark = 0x21444E45; // "END!"

    /// <summary>It is the end of the file and holds nothing.</summary>
    public bool IsEnd { get; init; }

    /// <summary>It holds drains and no batches.</summary>
    public bool IsOfDrains { get; init; }

    /// <summary>Bytes that follow.</summary>
    public uint CompressedBytes { get; init; }

    /// <summary>Their bytes once decompressed.</summary>
    public uint RawBytes { get; init; }

    /// <summary>Batches in it, or drains; in the end, batches of the whole recording.</summary>
    public uint Batches { get; init; }

    /// <summary>Lowest slot of the cursors of its batches.</summary>
    public Slot First { get; init; }

    /// <summary>Highest slot of them.</summary>
    public Slot Last { get; init; }

    /// <summary>Writes <see cref="Length"/> bytes; gives their check.</summary>
    /// <param name="bytes">Where to.</param>
    /// <param name="before">The check before them.</param>
    public ulong Write(Span<byte> bytes, ulong before)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, IsEnd ? EndMark : IsOfDrains ? DrainsMark : FrameMark);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], CompressedBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], RawBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], Batches);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], First.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], Last.Value);
        var check = CompactCheck.After(before, bytes[..Told]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[Told..], check);
        return check;
    }

    /// <summary>Reads <see cref="Length"/> bytes; null when they are none that a writer makes here.</summary>
    /// <param name="bytes">Where from.</param>
    /// <param name="check">The check before them; then theirs.</param>
    public static CompactFrame? Read(ReadOnlySpan<byte> bytes, ref ulong check)
    {
        check = CompactCheck.After(check, bytes[..Told]);
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[Told..]) != check) return null;
        var mark = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var frame = new CompactFrame
        {
            IsEnd = mark == EndMark,
            IsOfDrains = mark == DrainsMark,
            CompressedBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
            RawBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
            Batches = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            First = new Slot(BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..])),
            Last = new Slot(BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..])),
        };
        var isPossible = frame.IsEnd
            ? frame is { CompressedBytes: 0, RawBytes: 0 }
            : mark is FrameMark or DrainsMark
                && frame is { Batches: > 0, RawBytes: > 0 and <= CompactFormat.FrameBytesMax }
                && frame.CompressedBytes is > 0 and <= CompactFormat.FrameBytesMax;
        return isPossible ? frame : null;
    }
}
