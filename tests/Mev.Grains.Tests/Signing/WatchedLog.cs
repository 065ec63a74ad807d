using Mev.Journal;

namespace Mev.Grains.Tests.Signing;

/// <summary>A journal that calls somebody when records of a type are durable, before their writer knows.</summary>
internal sealed class WatchedLog(IPartitionedLog inner, RecordType type, Func<Task> appended) : IPartitionedLog
{
    public async ValueTask<long> Append(
        LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named = null,
        CancellationToken cancellationToken = default)
    {
        var offset = await inner.Append(partition, entries, named, cancellationToken);
        if (entries.Any(entry => entry.Type == type)) await appended();
        return offset;
    }

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        inner.Read(partition, fromOffset, recordsMax, cancellationToken);

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
        inner.End(partition, cancellationToken);
}
