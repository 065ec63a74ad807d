using System.Collections.Concurrent;
using Mev.Journal;

namespace Mev.Fixtures.Streams;

/// <summary>A log in memory: everything in it is durable at once.</summary>
public sealed class MemoryLog : IPartitionedLog
{
    private readonly ConcurrentDictionary<LogPartition, List<LogRecord>> _partitions = new();

    /// <summary>Why it cannot be read; null as long as it can.</summary>
    public string? Outage { get; set; }

    public ValueTask<long> Append(
        LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named = null,
        CancellationToken cancellationToken = default)
    {
        var records = _partitions.GetOrAdd(partition, _ => []);
        lock (records)
        {
            var first = records.Count;
            foreach (var entry in entries)
                records.Add(new LogRecord(records.Count, entry, LeafHash.Of(entry.Bytes.Span)));
            return ValueTask.FromResult((long)first);
        }
    }

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default)
    {
        if (Outage is { } outage) throw new JournalUnavailableException(outage);
        if (!_partitions.TryGetValue(partition, out var records))
            return ValueTask.FromResult<IReadOnlyList<LogRecord>>([]);
        lock (records)
        {
            var count = (int)Math.Clamp(records.Count - fromOffset, 0, recordsMax);
            return ValueTask.FromResult<IReadOnlyList<LogRecord>>(
                count == 0 ? [] : records.GetRange((int)fromOffset, count));
        }
    }

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default)
    {
        if (!_partitions.TryGetValue(partition, out var records)) return ValueTask.FromResult(0L);
        lock (records) return ValueTask.FromResult((long)records.Count);
    }
}
