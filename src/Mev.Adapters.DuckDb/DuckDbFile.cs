using System.Globalization;
using DuckDB.NET.Data;
using Mev.Adapters.DuckDb.Tables;
using Microsoft.Win32.SafeHandles;

namespace Mev.Adapters.DuckDb;

/// <summary>
/// The database file: opened when it is first needed, and anew after a failure, which may have left DuckDB unusable.
/// Connections of this process share it; another process is kept out by DuckDB's lock.
/// </summary>
internal sealed class DuckDbFile : IDisposable
{
    private const int CopyBytes = 1 << 20;

    private readonly Lock _gate = new();
    private readonly List<SafeFileHandle> _kept = []; // closing one gives up this process's lock on the file
    private readonly string _connectionString;
    private DuckDBConnection? _writer;
    private SafeFileHandle? _bytes;
    private bool _isDisposed;

    public DuckDbFile(DuckDbStoreOptions options)
    {
        Path = System.IO.Path.GetFullPath(options.Path);
        _connectionString = new DuckDBConnectionStringBuilder
        {
            DataSource = Path,
            // One thread, that of the caller: the store stands behind the decisions, also on two cores.
            ["threads"] = "1",
            ["memory_limit"] = string.Create(CultureInfo.InvariantCulture, $"{options.MemoryBytesMax}B"),
            // What does not fit into memory goes beside the file, on the volume that the journal may need.
            ["max_temp_directory_size"] = "1GB",
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
            ["preserve_insertion_order"] = "false",
        }.ConnectionString;
    }

    public string Path { get; }

    /// <summary>The connection of the one writer; opens the file and makes its tables when needed.</summary>
    public DuckDBConnection Writer()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_writer is not null) return _writer;
            if (System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            var connection = new DuckDBConnection(_connectionString);
            try
            {
                connection.Open();
                StoreSchema.Make(connection);
                return _writer = connection;
            }
            finally
            {
                if (_writer is null) connection.Dispose();
            }
        }
    }

    /// <summary>A further connection, for a question.</summary>
    public DuckDBConnection Reader()
    {
        _ = Writer();
        var connection = new DuckDBConnection(_connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>
    /// Writes the file's bytes to a stream. Its handle stays open as long as the file is: a process that closes one
    /// loses its lock on the file, DuckDB's too.
    /// </summary>
    public void CopyTo(Stream destination)
    {
        lock (_gate)
        {
            _bytes ??= File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var buffer = new byte[CopyBytes];
            for (long at = 0; RandomAccess.Read(_bytes, buffer, at) is > 0 and var read; at += read)
                destination.Write(buffer, 0, read);
        }
    }

    /// <summary>Lets go of the file after a failure; the next use opens it anew.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _writer?.Dispose();
            _writer = null;
            if (_bytes is { } bytes) _kept.Add(bytes);
            _bytes = null;
        }
    }

    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
        Abandon();
        foreach (var bytes in _kept) bytes.Dispose();
    }
}
