using System.Diagnostics;
using Mev.Fixtures.Streams;
using Mev.Journal;

namespace Mev.Benchmarks.Streams;

/// <summary>
/// A log whose records become durable at a rate, each at its own time: the open loop that latencies are measured from.
/// Its records are the same few, numbered anew.
/// </summary>
internal sealed class PacedLog : IPartitionedLog
{
    private const int DistinctRecords = 512;

    private readonly LogRecord[] _records = new LogRecord[DistinctRecords];
    private readonly Lock _gate = new();
    private long _startedAt = Stopwatch.GetTimestamp();
    private double _perSecond;
    private long _before = 1; // a partition without a record is no channel

    public PacedLog()
    {
        for (var i = 0; i < DistinctRecords; i++)
        {
            var entry = RecordedDecisions.Skip(i);
            _records[i] = new LogRecord(i, entry, LeafHash.Of(entry.Bytes.Span));
        }
    }

    /// <summary>Bytes of a record.</summary>
    public int RecordBytes => _records[0].Entry.Bytes.Length;

    /// <summary>From now on so many records a second.</summary>
    public void SetRate(double perSecond)
    {
        lock (_gate) (_before, _startedAt, _perSecond) = (Count(), Stopwatch.GetTimestamp(), perSecond);
    }

    /// <summary>When a record was durable, as a timestamp.</summary>
    public long DueAt(long offset)
    {
        lock (_gate) return _startedAt + (long)((offset - _before) / _perSecond * Stopwatch.Frequency);
    }

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default)
    {
        lock (_gate) return ValueTask.FromResult(Count());
    }

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default)
    {
        long end;
        lock (_gate) end = Count();
        var records = new LogRecord[(int)Math.Clamp(end - fromOffset, 0, recordsMax)];
        for (var i = 0; i < records.Length; i++)
            records[i] = _records[(fromOffset + i) % DistinctRecords] with { Offset = fromOffset + i };
        return ValueTask.FromResult<IReadOnlyList<LogRecord>>(records);
    }

    public ValueTask<long> Append(
        LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named = null,
        CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("it fills itself");

    private long Count() =>
        _before + (long)(_perSecond * (Stopwatch.GetTimestamp() - _startedAt) / Stopwatch.Frequency);
}
