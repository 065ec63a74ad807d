using Microsoft.Data.Sqlite;

namespace Mev.Journal.Sqlite;

/// <summary>
/// One database file that one process owns. A lock file beside it, held with an exclusive lock of the operating system
/// until the process ends in whatever way, keeps other processes out. SQLite's own exclusive mode would do so too, but
/// it keeps the index of the write-ahead log in private memory, and then no reader beside the writer is possible.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    /// <summary>
    /// Bytes of a page. A row without row id may fill a quarter of a page before it needs one of its own: records of up
    /// to 2,000 bytes lie together, where pages of 4,096 wrote four times their bytes; larger ones slow small commits.
    /// </summary>
    public const int PageBytes = 8192;

    private readonly SqliteGroupCommitSettings _settings;
    private readonly FileStream _ownership;

    /// <summary>Takes the file for this process.</summary>
    /// <exception cref="SqliteUnavailableException">Another process has it, or it cannot be opened.</exception>
    public SqliteFile(SqliteGroupCommitSettings settings)
    {
        _settings = settings;
        _ownership = Own(settings.Path);
    }

    /// <summary>The name of the database file.</summary>
    public string Path => _settings.Path;

    /// <summary>A connection that writes: write-ahead log, every commit synced, checkpoints when asked for.</summary>
    /// <exception cref="SqliteException">The file cannot be opened or written.</exception>
    /// <exception cref="SqliteUnavailableException">It is read-only, or is another program's.</exception>
    public SqliteConnection OpenWriter()
    {
        if (File.Exists(Path) && File.GetAttributes(Path).HasFlag(FileAttributes.ReadOnly)) throw ReadOnly();
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            Configure(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection for checkpoints: it may write, but begins no transaction.</summary>
    public SqliteConnection OpenCheckpointer()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        Run(connection, "PRAGMA synchronous=FULL");
        return connection;
    }

    /// <summary>A connection that only reads.</summary>
    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly);

    /// <summary>Gives the file up.</summary>
    public void Dispose() => _ownership.Dispose();

    private static FileStream Own(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full) ?? full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.Explain(path, new UnauthorizedAccessException(e.Message, e));
        }
        try
        {
            return new FileStream(full + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new SqliteUnavailableException(
                SqliteFailure.Owned,
                $"{path}: another process has it ({e.Message}). End that process (fuser {path}.lock names it), "
                + "or name another path.",
                e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw SqliteErrors.Explain(path, e);
        }
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle!, (int)_settings.BusyTimeout.TotalMilliseconds);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Configure(SqliteConnection connection)
    {
        Identify(connection);
        Run(connection, $"PRAGMA page_size={PageBytes}");
        Run(connection, "PRAGMA journal_mode=WAL");
        Run(connection, "PRAGMA synchronous=FULL");
        Run(connection, "PRAGMA wal_autocheckpoint=0");
        if (Ask(connection, "PRAGMA application_id") != _settings.ApplicationId)
            Run(connection, $"PRAGMA application_id={_settings.ApplicationId}");
        if (_settings.FileBytesMax > 0)
            Run(connection, $"PRAGMA max_page_count={Math.Max(1, _settings.FileBytesMax / PageBytes)}");
    }

    private void Identify(SqliteConnection connection)
    {
        var application = Ask(connection, "PRAGMA application_id");
        var version = Ask(connection, "PRAGMA user_version");
        var isNew = Ask(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && application != _settings.ApplicationId)
        {
            throw new SqliteUnavailableException(
                SqliteFailure.ForeignFile, $"{Path}: a database of another program or kind. Name another path.");
        }
        if (version > _settings.SchemaVersion)
        {
            throw new SqliteUnavailableException(
                SqliteFailure.ForeignFile,
                $"{Path}: tables of version {version}, this program knows up to {_settings.SchemaVersion}. "
                + "Start the newer program, or name another path.");
        }
    }

    private SqliteUnavailableException ReadOnly() => new(
        SqliteFailure.ReadOnly, $"{Path}: read-only. Make file, folder and volume writable for this user.");

    internal static void Run(SqliteConnection connection, string sql)
    {
        using var statement = new SqliteStatement(connection, sql);
        statement.Execute();
    }

    internal static long Ask(SqliteConnection connection, string sql)
    {
        using var statement = new SqliteStatement(connection, sql);
        return statement.Step() ? statement.Number(0) : 0;
    }
}
