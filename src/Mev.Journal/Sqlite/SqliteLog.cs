using System.Diagnostics.Metrics;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Journal.Sqlite;

/// <summary>
/// The embedded journal: one SQLite file, one writer, group commit. Durable means synced to disk, so a record survives
/// the end of the process and, as far as the disk keeps its word, loss of power. Appends become durable in the order of
/// the calls, of all callers, in all partitions. When an append fails, so does everything queued behind it, and all
/// appends fail at once until a probe of the writer finds that the file can be written again.
/// </summary>
public sealed partial class SqliteLog : IPartitionedLog, IJournalIndex, IAsyncDisposable, IDisposable
{
    // 'MEVJ' as SQLite's application_id.
    internal const int ApplicationId = 0x4D45564A;
    private const int SchemaVersion = 1;

    private readonly SqliteLogOptions _options;
    private readonly TimeProvider _time;
    private readonly SqliteLogTables _tables = new();
    private readonly SqliteGroupCommit _writer;
    private readonly JournalInstruments _instruments;

    /// <summary>Opens the file, makes the tables when they are missing and reads the ends of the partitions.</summary>
    /// <exception cref="JournalUnavailableException">
    /// Another process has the file, or it is damaged, read-only, another program's, or cannot be opened.
    /// </exception>
    public SqliteLog(
        IOptions<SqliteLogOptions> options, TimeProvider time, IMeterFactory meters, ILogger<SqliteLog> logger)
    {
        _options = options.Value;
        _time = time;
        try
        {
            _writer = new SqliteGroupCommit(Settings(_options), _tables, _options.ReadersMax, time, logger);
        }
        catch (SqliteUnavailableException e)
        {
            throw new JournalUnavailableException("journal " + e.Message, e);
        }
        _instruments = new JournalInstruments(meters, () => _writer.Lag, () => _writer.Waits);
        LogOpened(logger, _options.Path, _tables.Partitions.Count());
    }

    /// <summary>Age of the oldest append that is not durable yet; 0 when none waits.</summary>
    public TimeSpan Lag => _writer.Lag;

    /// <summary>Appends that the writer has not taken yet; tests wait for it.</summary>
    internal int QueuedAppends => _writer.Queued;

    /// <inheritdoc cref="SqliteGroupCommit.Synchronous"/>
    internal long Synchronous => _writer.Synchronous;

    /// <summary>Appends that found the queue full and waited for a place, since the start.</summary>
    public long Waits => _writer.Waits;

    /// <summary>Whether appends are taken: false from a failure until a probe succeeds, and when closed.</summary>
    public bool IsAvailable => _writer.Unavailable is null;

    /// <inheritdoc/>
    /// <remarks>
    /// The order is fixed when the call returns its task, so later appends need not await earlier ones. Cancelled
    /// before the writer took it, an append never happens; later the caller only stops waiting.
    /// </remarks>
    /// <exception cref="ArgumentException">No entries, or no topic.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A partition below 0 or above 65,535.</exception>
    public ValueTask<long> Append(
        LogPartition partition,
        IReadOnlyList<LogEntry> entries,
        LogAppend? named = null,
        CancellationToken cancellationToken = default)
    {
        partition.Check();
        named?.Partition.Check();
        if (entries.Count == 0) throw new ArgumentException("an append has at least one entry", nameof(entries));
        var started = _time.GetTimestamp();
        try
        {
            var operation = AppendOperation.Of(_tables, new LogAppend(partition, entries), named);
            var append = _writer.Run(operation, cancellationToken);
            return new ValueTask<long>(Settle(append, partition, started));
        }
        catch (SqliteUnavailableException e)
        {
            return ValueTask.FromException<long>(Failed(e));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Runs on the caller's thread; ends early after <c>ReadBytesMax</c> bytes.</remarks>
    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        Rows(SqliteLogQueries.Records, partition, fromOffset, recordsMax, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Of the audit topic without reading the records' bytes.</remarks>
    public ValueTask<IReadOnlyList<Digest>> ReadLeaves(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        Rows(SqliteLogQueries.Leaves, partition, fromOffset, recordsMax, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default)
    {
        partition.Check();
        return ValueTask.FromResult(_tables.Durable(partition).Count);
    }

    /// <summary>The first durable record that was appended with this decision id, or null.</summary>
    public ValueTask<LogPosition?> FindDecision(Guid decisionId, CancellationToken cancellationToken = default)
        => Ask(SqliteLogQueries.Decision, decisionId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LogPosition?> FindIntent(Digest opportunity, CancellationToken cancellationToken = default)
        => Ask(SqliteLogQueries.Intent, opportunity, cancellationToken);

    /// <summary>First durable record of <see cref="LogTopics.Blobs"/> with this key, or null; from memory.</summary>
    public LogPosition? FindBlob(Digest hash) => _tables.Blob(hash);

    /// <summary>Its bounded places with their counts as of now.</summary>
    public IEnumerable<LimitCount> Limits() => _writer.Limits("journal");

    /// <summary>Makes durable what waits, then closes the file. Appends fail from now on.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => _writer.Dispose();

    private static SqliteGroupCommitSettings Settings(SqliteLogOptions options) => new()
    {
        Path = options.Path,
        ApplicationId = ApplicationId,
        SchemaVersion = SchemaVersion,
        QueueOperationsMax = options.QueueAppendsMax,
        QueueBytesMax = options.QueueBytesMax,
        CommitRecordsMax = options.CommitRecordsMax,
        CommitBytesMax = options.CommitBytesMax,
        WaitMax = options.AppendTimeout,
        BusyTimeout = options.BusyTimeout,
        ProbeInterval = options.ProbeInterval,
        CheckpointBytes = options.CheckpointBytes,
        FileBytesMax = options.FileBytesMax,
        Durability = options.Durability,
    };

    private async Task<long> Settle(Task<long> append, LogPartition partition, long started)
    {
        try
        {
            var offset = await append;
            _instruments.Appended(partition, _time.GetElapsedTime(started));
            return offset;
        }
        catch (SqliteUnavailableException e)
        {
            throw Failed(e);
        }
    }

    private JournalUnavailableException Failed(SqliteUnavailableException cause)
    {
        _instruments.Failed(cause.Failure.ToString());
        return new JournalUnavailableException("journal " + cause.Message, cause);
    }

    private async ValueTask<IReadOnlyList<T>> Rows<T>(
        Func<SqliteReader, LogRange, IReadOnlyList<T>> query, LogPartition partition, long fromOffset, int recordsMax,
        CancellationToken cancellationToken)
    {
        partition.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(fromOffset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(recordsMax);
        var extent = _tables.Durable(partition);
        if (fromOffset >= extent.Count) return [];
        var count = Math.Min(extent.Count - fromOffset, recordsMax);
        var range = new LogRange(extent, partition, fromOffset, count, _options.ReadBytesMax);
        return await Ask(query, range, cancellationToken);
    }

    private async ValueTask<TResult> Ask<TArgument, TResult>(
        Func<SqliteReader, TArgument, TResult> read, TArgument argument, CancellationToken cancellationToken)
    {
        try
        {
            return await _writer.Readers.Read(read, argument, cancellationToken);
        }
        catch (SqliteUnavailableException e)
        {
            throw new JournalUnavailableException("journal " + e.Message, e);
        }
    }

    [LoggerMessage(7000, LogLevel.Information, "Journal {Path} opened with {Partitions} partitions")]
    private static partial void LogOpened(ILogger logger, string path, int partitions);
}
