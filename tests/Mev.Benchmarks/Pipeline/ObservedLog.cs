using Mev.Contracts.V1;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;

namespace Mev.Benchmarks.Pipeline;

/// <summary>
/// The journal, watched: counts what is appended, and reads of decision records (of a large append a few, each standing
/// for its part) when they were received and decided, against the time at which they were durable.
/// </summary>
internal sealed class ObservedLog(
    SqliteLog log, LatencyProbe probe, TimeProvider time, SignedOut? signed) : IPartitionedLog
{
    private const int RecordsReadMax = 4;

    private long _appends;
    private long _decisions;
    private long _intents;
    private long _auditBytes;
    private long _blobBytes;

    /// <summary>Appends, decisions (intents among them), bytes of audit records and of blobs, all durable.</summary>
    public (long Appends, long Decisions, long Intents, long AuditBytes, long BlobBytes) Counts => (
        Volatile.Read(ref _appends), Volatile.Read(ref _decisions), Volatile.Read(ref _intents),
        Volatile.Read(ref _auditBytes), Volatile.Read(ref _blobBytes));

    public ValueTask<long> Append(
        LogPartition partition,
        IReadOnlyList<LogEntry> entries,
        LogAppend? named = null,
        CancellationToken cancellationToken = default) =>
        Observe(log.Append(partition, entries, named, cancellationToken), entries, named);

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        log.Read(partition, fromOffset, recordsMax, cancellationToken);

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
        log.End(partition, cancellationToken);

    private static bool IsDecision(LogEntry entry) =>
        entry.Type is RecordType.Intent or RecordType.Skip or RecordType.Block;

    private async ValueTask<long> Observe(
        ValueTask<long> appending, IReadOnlyList<LogEntry> entries, LogAppend? named)
    {
        var first = await appending;
        var durableNs = time.UnixNs();
        var (decisions, intents, bytes) = (0, 0, 0L);
        for (var i = 0; i < entries.Count; i++)
        {
            bytes += entries[i].Bytes.Length;
            if (IsDecision(entries[i])) decisions++;
            if (entries[i].Type != RecordType.Intent) continue;
            intents++;
            signed?.Intended(entries[i]);
        }
        Interlocked.Increment(ref _appends);
        Interlocked.Add(ref _decisions, decisions);
        Interlocked.Add(ref _intents, intents);
        Interlocked.Add(ref _auditBytes, bytes);
        foreach (var blob in named?.Entries ?? []) Interlocked.Add(ref _blobBytes, blob.Bytes.Length);
        if (decisions > 0) Sample(entries, decisions, durableNs);
        return first;
    }

    private void Sample(IReadOnlyList<LogEntry> entries, int decisions, long durableNs)
    {
        var step = Math.Max(1, entries.Count / RecordsReadMax);
        for (var i = step - 1; i < entries.Count; i += step)
        {
            if (!IsDecision(entries[i])) continue;
            var decision = AuditRecord.Parser.ParseFrom(entries[i].Bytes.Span).Decision;
            probe.Durable(
                decision.DecidedNs - decision.ReceivedNs, durableNs - decision.ReceivedNs,
                Math.Max(1, Math.Min(step, decisions)));
        }
    }
}
