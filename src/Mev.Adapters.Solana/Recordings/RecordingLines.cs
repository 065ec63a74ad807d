using System.Buffers.Binary;
using System.IO.Compression;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// Reads a text file line by line as bytes, gzip or plain (told by its first two bytes), with bounded lines and a
/// buffer of its own. Every failure is a <see cref="FeedException"/> that names the file, and the line where there is
/// one. A gzip file is decompressed to its end first: a damage that still is text shows in the checksum there only, and
/// nothing of a damaged file is to be taken for true.
/// </summary>
internal sealed class RecordingLines : IDisposable
{
    /// <summary>Longest line: the largest account that exists (10 MiB) in base64, and room for the rest.</summary>
    public const int LineBytesMax = 16 << 20;

    private const int BufferBytes = 128 << 10;

    private const int GzipTrailerBytes = 8; // CRC-32 and the length modulo 2^32 (RFC 1952)

    private readonly FileStream _file;
    private readonly Stream _stream;
    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Opens a file and proves it whole where it has a checksum.</summary>
    /// <exception cref="FeedException">It cannot be opened, or is cut or damaged.</exception>
    public RecordingLines(string path)
    {
        Path = path;
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
            var isGzip = _file.ReadByte() == 0x1f && _file.ReadByte() == 0x8b;
            _file.Position = 0;
            _stream = isGzip ? new GZipStream(_file, CompressionMode.Decompress) : _file;
            if (isGzip) Prove();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            Dispose();
            throw new FeedException($"{path} is cut or damaged: {e.Message} Get the recording again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FeedException($"{path} cannot be opened: {e.Message} Check the path and its permissions.", e);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Number of the line read last, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The next line that is not empty, valid until the next call; false at the end.</summary>
    /// <exception cref="FeedException">The file is cut, damaged, or holds a line above the bound.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (TryReadAny(out line))
        {
            if (line is [.., (byte)'\r']) line = line[..^1];
            if (!line.IsEmpty) return true;
        }
        return false;
    }

    /// <summary>What to throw for the line read last.</summary>
    public FeedException Bad(string what, Exception? cause = null)
    {
        var message = $"{Path} line {Line}: {what}. Get the recording again, or cut it before this line.";
        return cause is null ? new FeedException(message) : new FeedException(message, cause);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Prove()
    {
        var length = 0U; // gzip tells its length modulo 2^32
        using (var all = new GZipStream(_file, CompressionMode.Decompress, leaveOpen: true))
            for (int read; (read = all.Read(_buffer)) > 0;) length = unchecked(length + (uint)read);
        Span<byte> trailer = stackalloc byte[GzipTrailerBytes];
        _file.Position = Math.Max(0, _file.Length - GzipTrailerBytes);
        _file.ReadExactly(trailer);
        _file.Position = 0;
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != length) // a cut file ends without an error
            throw new InvalidDataException("Its end is missing (or it is several gzip files: give it uncompressed).");
    }

    private bool TryReadAny(out ReadOnlySpan<byte> line)
    {
        var searched = _start;
        while (true)
        {
            var found = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = _buffer.AsSpan(_start, searched + found - _start);
                _start = searched + found + 1;
                Line++;
                return true;
            }
            if (_isAtEnd) break;
            var kept = _end - _start;
            Fill();
            searched = _start + kept;
        }
        line = _buffer.AsSpan(_start, _end - _start);
        _start = _end;
        if (line.IsEmpty) return false;
        Line++;
        return true;
    }

    private void Fill()
    {
        var kept = _end - _start;
        if (_start > 0) Buffer.BlockCopy(_buffer, _start, _buffer, 0, kept);
        (_start, _end) = (0, kept);
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LineBytesMax) throw Next($"is longer than {LineBytesMax} bytes", null);
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
        try
        {
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _isAtEnd = read == 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Next($"cannot be read, the file is cut or damaged ({e.Message})", e);
        }
    }

    private FeedException Next(string what, Exception? cause)
    {
        Line++;
        return Bad($"the line {what}", cause);
    }
}
