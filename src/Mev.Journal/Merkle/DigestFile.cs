using System.Buffers;
using Mev.Domain.Chain;
using Microsoft.Win32.SafeHandles;

namespace Mev.Journal.Merkle;

/// <summary>
/// A file of hashes of 32 bytes each, one after the other. One caller appends; others read meanwhile what was there
/// before. A hash that a killed process left in part does not count.
/// </summary>
internal sealed class DigestFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private long _count;

    private DigestFile(SafeFileHandle file)
    {
        _file = file;
        _count = RandomAccess.GetLength(file) / Digest.Length;
    }

    /// <summary>Hashes in it.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Opens it to be appended to; makes it where it is missing.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static DigestFile Open(string path) =>
        new(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite));

    /// <summary>Opens it to be read, also while another process appends.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static DigestFile OpenRead(string path) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

    /// <summary>Keeps the first so many.</summary>
    public void Truncate(long count)
    {
        if (count >= Count) return;
        Volatile.Write(ref _count, count);
        RandomAccess.SetLength(_file, count * Digest.Length);
    }

    public void Append(ReadOnlySpan<Digest> digests)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(digests.Length * Digest.Length);
        try
        {
            for (var i = 0; i < digests.Length; i++) digests[i].CopyTo(bytes.AsSpan(i * Digest.Length));
            RandomAccess.Write(_file, bytes.AsSpan(0, digests.Length * Digest.Length), Count * Digest.Length);
            Volatile.Write(ref _count, Count + digests.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Reads hashes from one on; how many there were of those asked for.</summary>
    public int Read(long from, Span<Digest> digests)
    {
        var wanted = (int)Math.Clamp(Count - from, 0, digests.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(wanted * Digest.Length);
        try
        {
            var read = 0;
            while (read < wanted * Digest.Length)
            {
                var more = RandomAccess.Read(
                    _file, bytes.AsSpan(read, wanted * Digest.Length - read), from * Digest.Length + read);
                if (more == 0) break;
                read += more;
            }
            var count = read / Digest.Length;
            for (var i = 0; i < count; i++) digests[i] = new Digest(bytes.AsSpan(i * Digest.Length));
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Synced to disk.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();
}
