using Mev.Domain.Chain;
using Mev.Domain.Feed;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>
/// Writes a feed's batches, and the drains of a conflating run, to a new file. A frame is written after 4 MiB or a
/// second of the feed's time, so a process that dies loses no more than that; the file tells by its missing end that it
/// was cut. When it cannot be written (no room, say) it ends with the last whole frame, and nothing more is taken. Not
/// thread-safe.
/// </summary>
public sealed class CompactRecordingWriter : IDisposable
{
    private const int Level = 3;

    private readonly string _path;
    private readonly Stream _file;
    private readonly Compressor _compressor = new(Level);
    private readonly BatchWriter _frame = new();
    private readonly MemoryStream _drains = new();
    private readonly BinaryWriter _drainWriter;
    private readonly byte[] _header = new byte[CompactFrame.Length];
    private byte[] _compressed = [];
    private ulong _check;
    private uint _batchesInFrame;
    private uint _drainsInFrame;
    private long _frameSinceNs;
    private Slot _first;
    private Slot _last;
    private bool _isClosed;

    /// <summary>A recording at a path where there is none yet.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="description">What the feed is, for people.</param>
    /// <param name="hasWholeTransactions">What the feed says of itself (<see cref="IMarketFeed"/>).</param>
    /// <param name="hasDrains">Drains come too.</param>
    /// <exception cref="FeedException">The file exists, or cannot be made.</exception>
    public CompactRecordingWriter(
        string path, string description, bool hasWholeTransactions, bool hasDrains = false)
        : this(Make(path), path, description, hasWholeTransactions, hasDrains)
    {
    }

    /// <summary>A recording into a stream that writes at once, without a buffer of its own.</summary>
    internal CompactRecordingWriter(
        Stream file, string path, string description, bool hasWholeTransactions, bool hasDrains = false)
    {
        (_file, _path, _drainWriter) = (file, path, new BinaryWriter(_drains));
        _compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        try
        {
            Guarded(() => _check = CompactHead.Write(_file, description, hasWholeTransactions, hasDrains));
        }
        catch (FeedException)
        {
            Dispose();
            File.Delete(path); // without a head it is nothing
            throw;
        }
    }

    /// <summary>Whether a recording can be made at a path: nothing is there, and a file can be.</summary>
    public static bool CanMake(string path)
    {
        try
        {
            Open(path, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Batches taken.</summary>
    public uint Batches { get; private set; }

    /// <summary>Bytes in the file so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Highest slot of the last batch's cursor.</summary>
    public Slot Slot => _last;

    /// <summary>Takes a batch; its bytes are copied.</summary>
    /// <exception cref="FeedException">
    /// The file cannot be written, now or since an earlier batch, or the batch is above the bound.
    /// </exception>
    public void Add(in FeedBatch batch)
    {
        if (_isClosed) throw new FeedException($"recording {_path} has ended: nothing more is taken");
        var slot = batch.Cursor.Slot;
        if (_batchesInFrame == 0) (_first, _last, _frameSinceNs) = (slot, slot, batch.ArrivedNs);
        if (slot < _first) _first = slot;
        if (slot > _last) _last = slot;
        _frame.Add(batch);
        _batchesInFrame++;
        Batches++;
        var isFull = _frame.Length >= CompactFormat.FrameBytes;
        if (isFull || batch.ArrivedNs - _frameSinceNs >= CompactFormat.FrameNs) Guarded(Flush);
    }

    /// <summary>Takes a drain, of batches that were taken before.</summary>
    /// <exception cref="FeedException">The file cannot be written, now or since an earlier batch.</exception>
    public void Add(DrainBounds drain)
    {
        if (_isClosed) throw new FeedException($"recording {_path} has ended: nothing more is taken");
        DrainBytes.Write(_drainWriter, drain);
        _drainsInFrame++;
        if (_drains.Length >= CompactFormat.FrameBytes) Guarded(Flush);
    }

    /// <summary>Writes what was taken and the end.</summary>
    /// <exception cref="FeedException">The file cannot be written.</exception>
    public void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        Guarded(() =>
        {
            Flush();
            Write(new CompactFrame { IsEnd = true, Batches = Batches }, []);
            if (_file is FileStream file) file.Flush(flushToDisk: true);
        });
    }

    /// <summary>Gives the file back; without <see cref="Close"/> before, the recording is one that was cut.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _compressor.Dispose();
        _frame.Dispose();
        _drainWriter.Dispose();
    }

    private static FileStream Make(string path)
    {
        try
        {
            return Open(path, FileOptions.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new FeedException($"{path} exists: a recording overwrites nothing, name a new file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FeedException($"{path} cannot be made: {e.Message}", e);
        }
    }

    /// <summary>Without a buffer: what could not be written is not tried once more when the file is closed.</summary>
    private static FileStream Open(string path, FileOptions options) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, options);

    private void Flush()
    {
        if (_batchesInFrame > 0)
        {
            Flush(_frame.Bytes, new CompactFrame { Batches = _batchesInFrame, First = _first, Last = _last });
            _frame.Clear();
            _batchesInFrame = 0;
        }
        if (_drainsInFrame == 0) return; // after the batches that they speak of
        Flush(
            _drains.GetBuffer().AsSpan(0, (int)_drains.Length),
            new CompactFrame { IsOfDrains = true, Batches = _drainsInFrame, First = _last, Last = _last });
        _drains.SetLength(0);
        _drainsInFrame = 0;
    }

    private void Flush(ReadOnlySpan<byte> raw, CompactFrame frame)
    {
        if (raw.Length > CompactFormat.FrameBytesMax)
            throw new FeedException($"a batch of {raw.Length} bytes is more than a recording takes");
        var bound = Compressor.GetCompressBound(raw.Length);
        if (_compressed.Length < bound) _compressed = new byte[bound];
        var length = _compressor.Wrap(raw, _compressed);
        frame = frame with { CompressedBytes = (uint)length, RawBytes = (uint)raw.Length };
        Write(frame, _compressed.AsSpan(0, length));
    }

    private void Write(in CompactFrame frame, ReadOnlySpan<byte> compressed)
    {
        _check = frame.Write(_header, _check);
        _file.Write(_header);
        _file.Write(compressed); // to the system, which outlives the process
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
            Bytes = _file.Position;
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException) // a file that may grow no further
        {
            EndAtLastFrame();
            throw new FeedException(
                $"recording {_path} cannot be written and ends after byte {Bytes}: {e.Message} Make room and record to "
                + "a new file.",
                e);
        }
        catch (FeedException)
        {
            EndAtLastFrame();
            throw;
        }
    }

    /// <summary>Takes back what is of no whole frame, so that what remains can be read to its last frame.</summary>
    private void EndAtLastFrame()
    {
        _isClosed = true;
        try
        {
            _file.SetLength(Bytes);
        }
        catch (IOException)
        {
            // a reader finds the cut frame by its checksum or length; why nothing can be written is told already
        }
    }
}
