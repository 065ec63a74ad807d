using DuckDB.NET.Data;
using Mev.Journal.Stores;

namespace Mev.Adapters.DuckDb;

/// <content>Copies of the file.</content>
public sealed partial class DuckDbStore
{
    private const int BufferBytes = 1 << 20;
    private const long RoomKept = 1L << 30; // for the journal, which must not be kept waiting by somebody's copy

    private readonly SemaphoreSlim _copies = new(CopiesMax, CopiesMax);
    private long _copiesRefused;

    /// <summary>Copies that exist at a time; each takes as much room as the store.</summary>
    internal const int CopiesMax = 2;

    /// <inheritdoc/>
    /// <remarks>The writer waits meanwhile; the journal keeps what comes.</remarks>
    public async ValueTask<Stream> Copy(CancellationToken cancellationToken = default)
    {
        if (!_copies.Wait(0, cancellationToken))
        {
            Interlocked.Increment(ref _copiesRefused);
            throw new StoreUnavailableException($"{CopiesMax} copies are being read: ask again when one has ended");
        }
        try
        {
            return await Exclusively(CopyNow, cancellationToken);
        }
        catch
        {
            _copies.Release();
            throw;
        }
    }

    private StoreCopy CopyNow(DuckDBConnection connection)
    {
        connection.Run("CHECKPOINT"); // all of it stands in the one file then, and nobody writes meanwhile
        var path = $"{_file.Path}.copy";
        var (length, room) = (new FileInfo(_file.Path).Length, Room(path));
        if (room < length + RoomKept)
        {
            throw new StoreUnavailableException(
                $"a copy of {length} bytes would leave less than {RoomKept} of the {room} bytes that are free on the "
                + "store's volume: free some");
        }
        var copy = new StoreCopy(path, BufferBytes, _copies);
        try
        {
            File.Delete(path); // its bytes live until the stream is closed, also by a killed process
            _file.CopyTo(copy);
            copy.Position = 0;
            return copy;
        }
        catch
        {
            copy.Abandon();
            throw;
        }
    }

    private static long Room(string path) =>
        new DriveInfo(Path.GetFullPath(Path.GetDirectoryName(path) ?? ".")).AvailableFreeSpace;

    /// <summary>A copy that gives its place back when it is closed.</summary>
    private sealed class StoreCopy(string path, int bufferBytes, SemaphoreSlim places)
        : FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Delete, bufferBytes)
    {
        private SemaphoreSlim? _places = places;

        /// <summary>Closes it before anybody had it; who made it gives the place back.</summary>
        public void Abandon()
        {
            _places = null;
            Dispose();
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            Interlocked.Exchange(ref _places, null)?.Release();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Interlocked.Exchange(ref _places, null)?.Release();
        }
    }
}
