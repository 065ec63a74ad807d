using Mev.Journal;

namespace Mev.Grains.Tests.Limits;

/// <summary>A journal of which only one record at a time can be read for a while: enough for a host to start.</summary>
internal sealed class UnreadableLog(IPartitionedLog inner) : IPartitionedLog
{
    public bool IsUnreadable { get; set; }

    public ValueTask<long> Append(
        LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named = null,
        CancellationToken cancellationToken = default) =>
        inner.Append(partition, entries, named, cancellationToken);

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        IsUnreadable && recordsMax > 1
            ? ValueTask.FromException<IReadOnlyList<LogRecord>>(new JournalUnavailableException("unreadable"))
            : inner.Read(partition, fromOffset, recordsMax, cancellationToken);

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
        inner.End(partition, cancellationToken);
}
