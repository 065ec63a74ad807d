using Mev.Journal;

namespace Mev.Grains.Tests.Bundles;

/// <summary>A journal that refuses at once, or takes and calls failed, the records of one type.</summary>
internal sealed class RefusingLog(IPartitionedLog inner) : IPartitionedLog
{
    /// <summary>What is refused; Unknown for nothing.</summary>
    public RecordType Refused { get; set; }

    /// <summary>How often it is; default always.</summary>
    public int Times { get; set; } = int.MaxValue;

    /// <summary>What becomes durable although its caller is told otherwise; Unknown for nothing.</summary>
    public RecordType CalledFailed { get; set; }

    public ValueTask<long> Append(
        LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named = null,
        CancellationToken cancellationToken = default)
    {
        if (entries.Any(entry => entry.Type == Refused) && Times-- > 0)
            return ValueTask.FromException<long>(new JournalUnavailableException("refused"));
        return entries.Any(entry => entry.Type == CalledFailed)
            ? AppendAndFail(partition, entries, named)
            : inner.Append(partition, entries, named, cancellationToken);
    }

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        inner.Read(partition, fromOffset, recordsMax, cancellationToken);

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
        inner.End(partition, cancellationToken);

    private async ValueTask<long> AppendAndFail(
        LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named)
    {
        await inner.Append(partition, entries, named);
        throw new JournalUnavailableException("not durable in time, as far as anybody knows");
    }
}
