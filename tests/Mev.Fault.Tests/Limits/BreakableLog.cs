using Mev.Journal;

namespace Mev.Fault.Tests.Limits;

/// <summary>A journal that takes no more appends once it is broken, and then cannot even say how far it lags.</summary>
internal sealed class BreakableLog(IPartitionedLog inner) : IPartitionedLog
{
    private volatile string? _fault;

    public bool IsAvailable => _fault is null && inner.IsAvailable;

    public TimeSpan Lag => _fault is { } fault ? throw new InvalidOperationException(fault) : inner.Lag;

    public void Break(string fault) => _fault = fault;

    public ValueTask<long> Append(
        LogPartition partition,
        IReadOnlyList<LogEntry> entries,
        LogAppend? named = null,
        CancellationToken cancellationToken = default) =>
        _fault is null
            ? inner.Append(partition, entries, named, cancellationToken)
            : ValueTask.FromException<long>(new JournalUnavailableException("broken"));

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        inner.Read(partition, fromOffset, recordsMax, cancellationToken);

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
        inner.End(partition, cancellationToken);
}
