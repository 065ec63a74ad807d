using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Mev.Journal.Sqlite;

/// <summary>
/// The only writer of a SQLite file: one thread takes what waits, up to the bounds of a commit, applies it in one
/// transaction, syncs it to disk, and only then tells the callers. The journal and the grain storage both stand on it;
/// it lies with the journal because the journal knows nothing of grains, and storage may know the journal.
/// <para>
/// When a commit fails, its operations and all that waited behind them fail, because these may name what was lost, and
/// everything is refused until a commit of the same size on a new connection succeeds. A damaged file stays refused.
/// </para>
/// </summary>
public sealed partial class SqliteGroupCommit : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan SlowDisk = TimeSpan.FromMilliseconds(5);

    private readonly SqliteGroupCommitSettings _settings;
    private readonly ISqliteCommitTarget _target;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CommitQueue _queue;
    private readonly SqliteFile _file;
    private readonly SqliteCheckpointer _checkpointer;
    private readonly Thread _thread;
    private readonly List<SqliteCommitOperation> _batch = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteConnection? _connection;
    private SqliteStatement? _begin;
    private SqliteStatement? _commit;
    private long _failedBytes;
    private bool _isDisposed;

    /// <summary>Opens the file and starts the writer thread.</summary>
    /// <exception cref="SqliteUnavailableException">
    /// Another process has the file, or it cannot be opened, is damaged, read-only or of another program.
    /// </exception>
    public SqliteGroupCommit(
        SqliteGroupCommitSettings settings,
        ISqliteCommitTarget target,
        int readersMax,
        TimeProvider time,
        ILogger logger)
    {
        (_settings, _target, _time, _logger) = (settings, target, time, logger);
        _queue = new CommitQueue(settings, time);
        _file = new SqliteFile(settings);
        try
        {
            Open();
            _checkpointer = new SqliteCheckpointer(_file, settings, logger);
        }
        catch (Exception e)
        {
            CloseConnection();
            _file.Dispose();
            if (SqliteErrors.IsOfFile(e)) throw SqliteErrors.Explain(settings.Path, e);
            throw;
        }
        Readers = new SqliteReaders(_file, readersMax);
        _thread = new Thread(Run) { IsBackground = true, Name = "commit " + Path.GetFileName(settings.Path) };
        _thread.Start();
    }

    /// <summary>Connections that read what is durable.</summary>
    public SqliteReaders Readers { get; }

    /// <summary>Age of the oldest operation that is not durable yet; 0 when there is none.</summary>
    public TimeSpan Lag => _queue.Lag;

    /// <summary>Operations that the writer has not taken yet.</summary>
    public int Queued => _queue.Count;

    /// <summary>Operations that found no place in the queue and had to wait for one.</summary>
    public long Waits => _queue.Waits;

    /// <summary>Why the file cannot be written at present, or null.</summary>
    public SqliteUnavailableException? Unavailable => _queue.Refusal;

    /// <summary>
    /// How the writer's own connection syncs, as SQLite says (2 is FULL): no other connection can tell. Tests ask.
    /// </summary>
    internal long Synchronous => _connection is null ? -1 : SqliteFile.Ask(_connection, "PRAGMA synchronous");

    /// <summary>
    /// Has the operation done and returns its result once it is durable. The place in the order is fixed when this
    /// returns a task. Cancelled before the writer took it, it is never done; later the caller only stops waiting.
    /// </summary>
    /// <exception cref="SqliteUnavailableException">
    /// It is not durable, or (<see cref="SqliteFailure.Timeout"/>) not known to be.
    /// </exception>
    public Task<TResult> Run<TResult>(
        SqliteCommitOperation<TResult> operation, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_queue.Enqueue(operation)) LogFull(_logger, _settings.Path, _queue.Lag.TotalMilliseconds);
        return Wait(operation, cancellationToken);
    }

    /// <summary>Writes what waits, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _ended.Task;
        Close();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
        Close();
    }

    private async Task<TResult> Wait<TResult>(SqliteCommitOperation<TResult> operation, CancellationToken cancellation)
    {
        try
        {
            return await operation.Durable.WaitAsync(_settings.WaitMax, _time, cancellation);
        }
        catch (TimeoutException e)
        {
            var isWithdrawn = _queue.Withdraw(operation);
            throw new SqliteUnavailableException(
                isWithdrawn ? SqliteFailure.QueueFull : SqliteFailure.Timeout,
                $"{_settings.Path}: not durable after {_settings.WaitMax.TotalMilliseconds:F0} ms; it "
                + (isWithdrawn ? "was withdrawn and is not written. " : "may become durable later. ")
                + "The disk is slower than the callers, or hangs.",
                e);
        }
        catch (OperationCanceledException)
        {
            _queue.Withdraw(operation);
            throw;
        }
    }

    private void Run()
    {
        while (_queue.Take(_batch))
        {
            var cause = TryCommit();
            if (cause is not null) Recover(cause);
        }
        _ended.TrySetResult();
    }

#pragma warning disable CA1031 // the pump's loop: whatever a batch throws fails it, is logged, and the loop lives
    private SqliteUnavailableException? TryCommit()
    {
        var isDurable = false;
        try
        {
            Write();
            isDurable = true;
            _target.Committed();
            foreach (var operation in _batch) operation.Complete();
            _checkpointer.Committed(_connection!, _batch.Sum(o => o.Bytes));
            return null;
        }
        catch (Exception e)
        {
            var cause = SqliteErrors.Explain(_settings.Path, e);
            _failedBytes = Math.Min(_batch.Sum(o => o.Bytes), _settings.CommitBytesMax);
            _queue.Refuse(cause); // first: whoever learns that it failed must not get another one in
            if (isDurable) foreach (var operation in _batch) operation.Complete();
            else foreach (var operation in _batch) operation.Fail(cause);
            return cause;
        }
    }

    private void Recover(SqliteUnavailableException cause)
    {
        LogFailed(_logger, _settings.Path, cause.Failure, cause);
        CloseConnection();
        do
        {
            if (_queue.WaitForClose(_settings.ProbeInterval)) return;
            if (cause.Failure == SqliteFailure.Corrupt) continue;
            try
            {
                Open();
                Probe(_failedBytes);
                _queue.Accept();
                LogRecovered(_logger, _settings.Path);
                return;
            }
            catch (Exception e)
            {
                cause = SqliteErrors.Explain(_settings.Path, e);
                _queue.Refuse(cause);
            }
        }
        while (true);
    }
#pragma warning restore CA1031

    private void Write()
    {
        _begin!.Execute();
        foreach (var operation in _batch) operation.Apply();
        if (_settings.Durability == DurabilityRule.BeforeCommit) AcknowledgeEarly();
        _commit!.Execute();
    }

    // The mutation, as a disk shows it that is slower than the acknowledgement's way out of the process.
    private void AcknowledgeEarly()
    {
        foreach (var operation in _batch) operation.Complete();
        _ended.Task.Wait(SlowDisk);
    }

    private void Open()
    {
        CloseConnection();
        _connection = _file.OpenWriter();
        SqliteFile.Run(_connection, "CREATE TABLE IF NOT EXISTS probe(id INTEGER PRIMARY KEY, room BLOB)");
        _target.Open(_connection);
        if (SqliteFile.Ask(_connection, "PRAGMA user_version") != _settings.SchemaVersion)
            SqliteFile.Run(_connection, $"PRAGMA user_version={_settings.SchemaVersion}");
        _begin = new SqliteStatement(_connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(_connection, "COMMIT");
    }

    // As many bytes as the batch that failed: a smaller one may find room where that one found none.
    private void Probe(long bytes)
    {
        SqliteFile.Run(_connection!, $"INSERT OR REPLACE INTO probe VALUES(1, zeroblob({bytes}))");
        SqliteFile.Run(_connection!, "DELETE FROM probe");
    }

    private void Close()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        Readers.Dispose();
        _checkpointer.Dispose();
        CloseConnection();
        _file.Dispose();
    }

    // Also rolls back what a failed batch left open.
    private void CloseConnection()
    {
        _begin?.Dispose();
        _commit?.Dispose();
        _target.Dispose();
        _connection?.Dispose();
        _connection = null;
    }
}
