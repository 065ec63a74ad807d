using Mev.Journal;

namespace Mev.Gateway.Decisions;

/// <summary>One partition read backwards, from an offset down to its beginning, in stretches.</summary>
internal sealed class PartitionTail(IPartitionedLog log, LogPartition partition, long before)
{
    private const int StretchRecords = 512;

    private readonly Stack<LogRecord> _stretch = new();

    public int Partition => partition.Partition;

    /// <summary>Everything from this offset on was given or passed over.</summary>
    public long Before { get; private set; } = before;

    public bool IsDone => Before == 0;

    /// <summary>The newest record below <see cref="Before"/>; null at the partition's beginning.</summary>
    public async ValueTask<LogRecord?> Peek(CancellationToken cancellationToken)
    {
        if (IsDone) return null;
        if (_stretch.Count == 0) await Fill(cancellationToken);
        return _stretch.Peek();
    }

    public void Pass()
    {
        _stretch.Pop();
        Before--;
    }

    private async ValueTask Fill(CancellationToken cancellationToken)
    {
        var next = Math.Max(0, Before - StretchRecords);
        while (next < Before) // a read may end early at its bound of bytes
        {
            var records = await log.Read(partition, next, (int)(Before - next), cancellationToken);
            if (records.Count == 0) throw new InvalidDataException($"{partition} has no record {next}");
            foreach (var record in records) _stretch.Push(record);
            next = records[^1].Offset + 1;
        }
    }
}
