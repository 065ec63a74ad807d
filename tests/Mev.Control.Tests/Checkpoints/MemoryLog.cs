using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Control.Tests.Checkpoints;

/// <summary>
/// A journal whose audit topic has the same records in each partition; all can be changed behind everybody's back.
/// </summary>
internal sealed class MemoryLog : IPartitionedLog
{
    /// <summary>The records' bytes.</summary>
    public List<byte[]> Records { get; } = [];

    /// <summary>The records of other topics.</summary>
    public Dictionary<LogPartition, List<byte[]>> Others { get; } = [];

    public void Add(int count)
    {
        for (var i = 0; i < count; i++) Records.Add(BitConverter.GetBytes(1_000_000 + Records.Count));
    }

    public ValueTask<long> Append(
        LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named = null,
        CancellationToken cancellationToken = default)
    {
        Assert.NotEqual(LogTopics.Audit, partition.Topic);
        var records = Others.TryGetValue(partition, out var known) ? known : Others[partition] = [];
        records.AddRange(entries.Select(entry => entry.Bytes.ToArray()));
        return ValueTask.FromResult((long)(records.Count - entries.Count));
    }

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<LogRecord>>(
        [
            .. Of(partition).Skip((int)fromOffset).Take(recordsMax).Select((bytes, i) => new LogRecord(
                fromOffset + i, new LogEntry(RecordType.Skip, 0, default, bytes), LeafHash.Of(bytes))),
        ]);

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult((long)Of(partition).Count);

    private List<byte[]> Of(LogPartition partition) =>
        partition.Topic == LogTopics.Audit ? Records : Others.GetValueOrDefault(partition) ?? [];

    public Digest Leaf(int index) => LeafHash.Of(Records[index]);
}
