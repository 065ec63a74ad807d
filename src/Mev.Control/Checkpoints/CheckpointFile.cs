using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mev.Control.Checkpoints;

/// <summary>
/// The checkpoints of one partition in an append-only file, each a whole note of five lines (the last five are the
/// newest), found by their size without an index. What a killed process left in part was handed to nobody, and goes.
/// One caller appends; others read meanwhile.
/// </summary>
public sealed class CheckpointFile : IDisposable
{
    private const int NoteLines = 5;
    private const int WindowBytes = 4_096; // more than one note has
    private const byte LineFeed = (byte)'\n';

    private readonly SafeFileHandle _file;
    private readonly byte[] _origin; // with the line feeds around it: how a note begins behind another
    private long _length;

    private CheckpointFile(SafeFileHandle file, string origin)
    {
        (_file, _origin) = (file, Encoding.UTF8.GetBytes($"\n{origin}\n"));
        _length = RandomAccess.GetLength(file);
    }

    /// <summary>The newest; null when there is none yet.</summary>
    public SignedNote? Last { get; private set; }

    /// <summary>Opens the file of an origin; makes it where it is missing.</summary>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    /// <exception cref="InvalidDataException">It is another log's, or no file of checkpoints.</exception>
    public static CheckpointFile Open(string path, string origin)
    {
        var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var file = new CheckpointFile(handle, origin);
        if (file._length == 0 || file.FindLast()) return file;
        file.Dispose();
        throw new InvalidDataException(
            $"'{path}' holds no checkpoint of '{origin}': it is another log's, or damaged. Restore it, or set "
            + "Audit:Name and Audit:Folder to what they were; a new log begins with another name and another folder.");
    }

    /// <summary>The checkpoints of a file, in order, for whoever only looks; null stands for what is none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<SignedNote?> ReadAll(string path)
    {
        using var file = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var lines = new List<string>(NoteLines);
        var isWhole = true;
        while (file.ReadLine() is { } line)
        {
            lines.Add(line);
            if (lines.Count < NoteLines) continue;
            var note = SignedNote.Parse(string.Join('\n', lines) + "\n");
            if (note is not null || isWhole) yield return note;
            isWhole = note is not null;
            if (isWhole) lines.Clear();
            else lines.RemoveAt(0); // the next one begins somewhere behind it
        }
    }

    /// <summary>Makes checkpoints durable; each is larger than every one before, and there is at least one.</summary>
    /// <exception cref="IOException">They are not durable: they may be handed to nobody.</exception>
    public void Append(params ReadOnlySpan<SignedNote> notes)
    {
        var text = new StringBuilder();
        foreach (var note in notes) text.Append(note);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        RandomAccess.Write(_file, bytes, _length);
        RandomAccess.FlushToDisk(_file);
        Volatile.Write(ref _length, _length + bytes.Length);
        Last = notes[^1];
    }

    /// <summary>The checkpoints from the first that covers so many leaves on, in order, at most so many.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<SignedNote> Read(long size, int notesMax)
    {
        var notes = new List<SignedNote>();
        var length = Volatile.Read(ref _length);
        for (var at = FirstNear(size, length); notes.Count < notesMax && at < length;)
        {
            if (NoteAt(at) is not ({ } note, var bytes))
                throw new InvalidDataException($"the file of checkpoints is damaged at byte {at}: restore it");
            if (SizeOf(note) >= size) notes.Add(note);
            at += bytes;
        }
        return notes;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>The beginning of a note at or before the first that is so large, by halves.</summary>
    private long FirstNear(long size, long length)
    {
        var (low, high) = (0L, length);
        while (high - low > WindowBytes)
        {
            var middle = low + (high - low) / 2;
            var start = NextStart(middle);
            if (start < 0 || start >= high) high = middle;
            else if (NoteAt(start) is ({ } note, _) && SizeOf(note) < size) low = start;
            else high = start;
        }
        return low;
    }

    private bool FindLast()
    {
        var window = Math.Max(0, _length - 2 * WindowBytes);
        var bytes = Bytes(window, 2 * WindowBytes);
        for (var end = bytes.Length; ;)
        {
            var found = bytes.AsSpan(0, end).LastIndexOf(_origin);
            var isFirst = window == 0 && bytes.AsSpan().StartsWith(_origin.AsSpan(1));
            if (found < 0 && !isFirst) return _length < _origin.Length && Cut(0); // torn in its first line
            var start = window + found + 1;
            if (NoteAt(start) is ({ } note, var length)) return Cut(start + length, note);
            if (LengthAt(Bytes(start, WindowBytes)) > 0) return false; // whole, and no note: not the work of a kill
            if (found < 0) return Cut(0);
            end = found + 1;
        }
    }

    private bool Cut(long length, SignedNote? last = null)
    {
        if (length < _length) RandomAccess.SetLength(_file, length);
        (_length, Last) = (length, last);
        return true;
    }

    private long NextStart(long after)
    {
        var found = Bytes(after, WindowBytes).AsSpan().IndexOf(_origin);
        return found < 0 ? -1 : after + found + 1;
    }

    private (SignedNote Note, int Bytes)? NoteAt(long offset)
    {
        var bytes = Bytes(offset, WindowBytes).AsSpan();
        var length = LengthAt(bytes);
        return SignedNote.Parse(Encoding.UTF8.GetString(bytes[..length])) is { } note && SizeOf(note) > 0
            ? (note, length)
            : null;
    }

    /// <summary>Bytes of a note's lines; 0 where they are not all there.</summary>
    private static int LengthAt(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var line = 0; line < NoteLines; line++)
        {
            var end = bytes[length..].IndexOf(LineFeed);
            if (end < 0) return 0;
            length += end + 1;
        }
        return length;
    }

    private byte[] Bytes(long offset, int count)
    {
        var bytes = new byte[count];
        return bytes[..RandomAccess.Read(_file, bytes, offset)];
    }

    private static long SizeOf(SignedNote note) => Checkpoint.Parse(note.Text)?.Size ?? 0;
}
