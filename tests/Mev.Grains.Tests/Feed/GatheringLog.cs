using Mev.Journal;

namespace Mev.Grains.Tests.Feed;

/// <summary>A journal in which no outcome becomes durable before a number of them is queued.</summary>
internal sealed class GatheringLog(IPartitionedLog inner, int outcomes) : IPartitionedLog
{
    private readonly TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _queued;

    public async ValueTask<long> Append(
        LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named = null,
        CancellationToken cancellationToken = default)
    {
        var appended = inner.Append(partition, entries, named, cancellationToken);
        if (entries.Any(entry => entry.Type == RecordType.Outcome))
        {
            if (Interlocked.Increment(ref _queued) == outcomes) _gathered.SetResult();
            await _gathered.Task;
        }
        return await appended;
    }

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        inner.Read(partition, fromOffset, recordsMax, cancellationToken);

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
        inner.End(partition, cancellationToken);
}
