using Confluent.Kafka;
using Mev.Journal;

namespace Mev.Adapters.Kafka;

/// <summary>One consumer, of one read at a time. It joins no group: it is told partition and offset.</summary>
internal sealed class KafkaReader(KafkaLogOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly IConsumer<byte[], byte[]> _consumer = KafkaClients.Consumer(options);
    private TopicPartition? _partition;
    private long _next;

    /// <summary>Whether a read from there goes on where this one ended.</summary>
    public bool IsAt(TopicPartition partition, long offset) => _partition == partition && _next == offset;

    /// <summary>
    /// The first offset that is kept and the one that the next record will get; 0 and 0 of a partition that is not
    /// there.
    /// </summary>
    /// <exception cref="KafkaException">No broker answers in time.</exception>
    public (long Low, long High) End(TopicPartition partition)
    {
        try
        {
            var marks = _consumer.QueryWatermarkOffsets(partition, options.ReadTimeout);
            return (marks.Low.Value, marks.High.Value);
        }
        catch (KafkaException absent) when (absent.Error.Code is
            ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownPartition or ErrorCode.Local_UnknownTopic)
        {
            return (0, 0);
        }
    }

    /// <summary>Records up to what is durable now.</summary>
    /// <exception cref="KafkaException">No broker answers in time.</exception>
    /// <exception cref="JournalUnavailableException">Records are missing.</exception>
    public IReadOnlyList<LogRecord> Read(
        TopicPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken)
    {
        var (low, high) = End(partition);
        if (fromOffset >= high) return [];
        if (fromOffset < low) throw Missing(partition, fromOffset, low);
        if (!IsAt(partition, fromOffset)) _consumer.Assign(new TopicPartitionOffset(partition, fromOffset));
        (_partition, _next) = (partition, fromOffset);
        var end = Math.Min(high, fromOffset + recordsMax);
        var records = new List<LogRecord>((int)Math.Min(end - fromOffset, 4_096));
        var (started, bytes) = (time.GetTimestamp(), 0L);
        while (_next < end && bytes < options.ReadBytesMax)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_consumer.Consume(Patience) is not { } result)
            {
                if (time.GetElapsedTime(started) < options.ReadTimeout) continue;
                throw new KafkaException(new Error(ErrorCode.Local_TimedOut, "the broker sends no records"));
            }
            if (result.Offset.Value != _next) throw Missing(partition, _next, result.Offset.Value);
            records.Add(KafkaRecord.Read(result));
            bytes += records[^1].Entry.Bytes.Length;
            (_next, started) = (_next + 1, time.GetTimestamp());
        }
        return records;
    }

    public void Dispose() => _consumer.Dispose();

    private static JournalUnavailableException Missing(TopicPartition partition, long from, long to) => new(
        $"journal Kafka {partition}: the records from {from} up to {to} are missing. The topic needs "
        + "cleanup.policy=delete with retention.ms=-1 and retention.bytes=-1; restore it from a copy.");
}
