using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Mev.Journal.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database beside the commits: a passive checkpoint on a thread and connection of
/// its own does nearly all of it; then one on the writer, between two commits, does the few pages that came meanwhile,
/// so that the next commit starts the log over. Without that step the log would grow as long as commits go on.
/// </summary>
internal sealed partial class SqliteCheckpointer : IDisposable
{
    // A frame of the write-ahead log: a page and its header of 24 bytes.
    private const long FrameBytes = SqliteFile.PageBytes + 24;

    // Pages that a commit writes beside the records' own bytes: the last leaf of a table or two, and their parents.
    private const long PagesOfCommit = 3;

    // Left to the writer thread, about a millisecond's work; while more came meanwhile, the own thread goes on.
    private const long FinishBytesMax = 256 << 10;

    // Each pass has what came during the one before; more than this only if the disk cannot keep up at all.
    private const int PassesMax = 8;

    private readonly SqliteGroupCommitSettings _settings;
    private readonly SqliteConnection _connection;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(false);
    private volatile bool _isStopped;
    private volatile bool _isFinishDue;
    private long _committed;
    private long _copied;

    public SqliteCheckpointer(SqliteFile file, SqliteGroupCommitSettings settings, ILogger logger)
    {
        _settings = settings;
        _logger = logger;
        _connection = file.OpenCheckpointer();
        _thread = new Thread(Run) { IsBackground = true, Name = "checkpoint " + Path.GetFileName(settings.Path) };
        _thread.Start();
    }

    /// <summary>The writer committed so many bytes; it calls this after its callers were told.</summary>
    public void Committed(SqliteConnection writer, long bytes)
    {
        Volatile.Write(ref _committed, _committed + bytes + PagesOfCommit * FrameBytes);
        if (_isFinishDue)
        {
            _isFinishDue = false;
            Checkpoint(writer);
            _copied = _committed;
        }
        else if (_committed - _copied >= _settings.CheckpointBytes)
        {
            _copied = _committed;
            _wake.Set();
        }
    }

    public void Dispose()
    {
        _isStopped = true;
        _wake.Set();
        _thread.Join();
        _connection.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        while (_wake.WaitOne() && !_isStopped)
        {
            var passes = 0;
            long before;
            do
            {
                before = Volatile.Read(ref _committed);
                Checkpoint(_connection);
            }
            while (Volatile.Read(ref _committed) - before > FinishBytesMax && ++passes < PassesMax && !_isStopped);
            _isFinishDue = true;
        }
    }

    // The figures that it gives are of its start: what was committed meanwhile is not in them.
    private void Checkpoint(SqliteConnection connection)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(
            connection.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY)) LogNotCopied(_logger, _settings.Path, code);
    }

    [LoggerMessage(7004, LogLevel.Warning,
        "{Path}: the write-ahead log could not be copied into the database, SQLite error {Code}; it grows meanwhile")]
    private static partial void LogNotCopied(ILogger logger, string path, int code);
}
