using System.Collections.Immutable;
using Mev.Domain.Feed;
using ZstdSharp;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>A compact recording on disk: what it holds, found by passing over its frames.</summary>
public sealed class CompactRecording
{
    private readonly ImmutableArray<(long Offset, CompactFrame Frame)> _frames;
    private readonly ImmutableArray<(long Offset, CompactFrame Frame)> _drains;
    private readonly CompactHead _head;
    private readonly string _defect;

    private CompactRecording(
        string path, CompactHead head, ImmutableArray<(long Offset, CompactFrame Frame)> frames, string defect)
    {
        (Path, _head, _defect) = (path, head, defect);
        _frames = frames.RemoveAll(place => place.Frame.IsOfDrains);
        _drains = frames.RemoveAll(place => !place.Frame.IsOfDrains);
        foreach (var (_, frame) in _frames) Batches += frame.Batches;
        foreach (var (_, frame) in _drains) DrainCount += frame.Batches;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What was recorded, for people.</summary>
    public string Description => _head.Description;

    /// <summary>What the recorded feed said of itself.</summary>
    public bool HasWholeTransactions => _head.HasWholeTransactions;

    /// <summary>Batches in whole frames.</summary>
    public ulong Batches { get; }

    /// <summary>It was made to hold the drains of a conflating run.</summary>
    public bool HasDrains => _head.HasDrains;

    /// <summary>Drains in whole frames.</summary>
    public ulong DrainCount { get; }

    /// <summary>Frames of which the file consists.</summary>
    public int Frames => _frames.Length + _drains.Length;

    /// <summary>Its end is there: nothing of it was cut off.</summary>
    public bool IsWhole => _defect.Length == 0;

    /// <summary>Reads all frames; tells the first damage or the cut, nothing when there is none.</summary>
    public string Verify(CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var _ in Drains()) cancellationToken.ThrowIfCancellationRequested();
            foreach (var _ in Read()) cancellationToken.ThrowIfCancellationRequested();
            return "";
        }
        catch (FeedException damage)
        {
            return damage.Message;
        }
    }

    /// <summary>The slots of its cursors, both included; null without a batch.</summary>
    public (Domain.Chain.Slot First, Domain.Chain.Slot Last)? Slots => _frames.IsEmpty
        ? null
        : (_frames.Min(place => place.Frame.First), _frames.Max(place => place.Frame.Last));

    /// <summary>Whether a file begins like one.</summary>
    public static bool IsOne(string path)
    {
        if (!File.Exists(path)) return false;
        Span<byte> start = stackalloc byte[CompactFormat.Magic.Length];
        try
        {
            using var file = File.OpenRead(path);
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && start.SequenceEqual(CompactFormat.Magic);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // who opens it says why
        }
    }

    /// <summary>Opens a file and passes over its frames.</summary>
    /// <exception cref="FeedException">It is no compact recording, or cannot be read.</exception>
    public static CompactRecording Open(string path) => RecordedFile.Guarded(path, () =>
    {
        using var file = File.OpenRead(path);
        var head = CompactHead.Read(file)
            ?? throw new FeedException(
                $"{path} is no compact recording of this form, or its head is damaged: 'mevctl record' makes one");
        var frames = ImmutableArray.CreateBuilder<(long, CompactFrame)>();
        var defect = Scan(file, head.Check, frames);
        return new CompactRecording(path, head, frames.ToImmutable(), defect);
    });

    /// <summary>
    /// Its batches with their positions in it, from the first frame that may hold a slot on; a batch is valid until the
    /// next is read.
    /// </summary>
    /// <param name="from">Slot from which on batches are of interest. Default the beginning.</param>
    /// <exception cref="FeedException">
    /// A frame is damaged, or the recording was cut; what came before it is right.
    /// </exception>
    public IEnumerable<FeedBatch> Read(Domain.Chain.Slot from = default)
    {
        using var file = OpenFile();
        using var decompressor = new Decompressor();
        var (raw, compressed) = (Array.Empty<byte>(), Array.Empty<byte>());
        var position = 0UL;
        foreach (var (offset, frame) in _frames)
        {
            if (frame.Last < from)
            {
                position += frame.Batches;
                continue;
            }
            if (raw.Length < frame.RawBytes) raw = new byte[frame.RawBytes];
            if (compressed.Length < frame.CompressedBytes) compressed = new byte[frame.CompressedBytes];
            Decompress(file, offset, frame, compressed, raw, decompressor);
            using var reader = new BatchReader(raw, (int)frame.RawBytes);
            for (var i = 0U; i < frame.Batches; i++)
            {
                var batch = Next(reader, offset, isLast: i == frame.Batches - 1);
                yield return batch with { Cursor = batch.Cursor with { Position = ++position } };
            }
        }
        if (!IsWhole) throw new FeedException($"recording {Path} {_defect}");
    }

    /// <summary>Its drains in their order; none where it was made without.</summary>
    /// <exception cref="FeedException">A frame is damaged; what came before it is right.</exception>
    public IEnumerable<DrainBounds> Drains()
    {
        using var file = OpenFile();
        using var decompressor = new Decompressor();
        foreach (var (offset, frame) in _drains)
        {
            var raw = new byte[frame.RawBytes];
            Decompress(file, offset, frame, new byte[frame.CompressedBytes], raw, decompressor);
            foreach (var drain in DrainsOf(raw, offset, frame)) yield return drain;
        }
    }

    private IReadOnlyList<DrainBounds> DrainsOf(byte[] raw, long offset, in CompactFrame frame)
    {
        try
        {
            return DrainBytes.Read(raw, frame.Batches);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(offset, e.Message, e);
        }
    }

    private FileStream OpenFile() => RecordedFile.Guarded(
        Path, () => new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

    private static string Scan(
        FileStream file, ulong check, ImmutableArray<(long, CompactFrame)>.Builder frames)
    {
        Span<byte> header = stackalloc byte[CompactFrame.Length];
        var batches = 0UL;
        while (true)
        {
            var offset = file.Position;
            var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            var after = $"after batch {batches} in frame {frames.Count}, byte {offset}";
            if (read < header.Length) return $"was cut {after}: it has no end";
            if (CompactFrame.Read(header, ref check) is not { } frame) return $"is damaged {after}";
            if (frame.IsEnd) return EndDefect(file, frame.Batches == batches, after);
            if (frame.CompressedBytes > file.Length - file.Position) return $"was cut {after}: it has no end";
            frames.Add((file.Position, frame));
            if (!frame.IsOfDrains) batches += frame.Batches;
            file.Position += frame.CompressedBytes;
        }
    }

    private static string EndDefect(FileStream file, bool isComplete, string after) =>
        !isComplete ? $"is damaged {after}: its end tells another number of batches"
        : file.Position < file.Length ? $"is damaged {after}: something follows its end"
        : "";

    private void Decompress(
        FileStream file, long offset, in CompactFrame frame, byte[] compressed, byte[] raw, Decompressor decompressor)
    {
        try
        {
            file.Position = offset;
            var bytes = compressed.AsSpan(0, (int)frame.CompressedBytes);
            file.ReadExactly(bytes);
            var length = decompressor.Unwrap(bytes, raw.AsSpan(0, (int)frame.RawBytes));
            if (length != frame.RawBytes) throw Damaged(offset, $"{length} bytes instead of {frame.RawBytes}");
        }
        catch (Exception e) when (e is IOException or ZstdException)
        {
            throw Damaged(offset, e.Message, e);
        }
    }

    private FeedBatch Next(BatchReader reader, long offset, bool isLast)
    {
        try
        {
            var batch = reader.Next();
            if (isLast && !reader.IsAtEnd) throw Damaged(offset, "bytes are left over");
            return batch;
        }
        catch (InvalidDataException e)
        {
            throw Damaged(offset, e.Message, e);
        }
    }

    private FeedException Damaged(long offset, string why, Exception? cause = null) =>
        new($"recording {Path} is damaged in the frame at byte {offset}: {why}", cause!);
}
