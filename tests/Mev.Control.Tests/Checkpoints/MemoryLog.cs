using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Control.Tests.Checkpoints;

/// <summary>A journal of one partition that can be changed behind everybody's back.</summary>
internal sealed class MemoryLog : IPartitionedLog
{
    /// <summary>The records' bytes.</summary>
    public List<byte[]> Records { get; } = [];

    public void Add(int count)
    {
        for (var i = 0; i < count; i++) Records.Add(BitConverter.GetBytes(1_000_000 + Records.Count));
    }

    public ValueTask<long> Append(
        LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<LogRecord>>(
        [
            .. Records.Skip((int)fromOffset).Take(recordsMax).Select((bytes, i) => new LogRecord(
                fromOffset + i, new LogEntry(RecordType.Skip, 0, default, bytes), LeafHash.Of(bytes))),
        ]);

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult((long)Records.Count);

    public Digest Leaf(int index) => LeafHash.Of(Records[index]);
}
