using Confluent.Kafka;
using Mev.Journal;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace Mev.Adapters.Kafka;

/// <summary>One consumer, of one read at a time. It joins no group: it is told partition and offset.</summary>
internal sealed class KafkaReader(KafkaLogOptions options, TimeProvider time) : IDisposable
{
    // Whoever reads as much goes on from there.
    private const int PageRecords = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly IConsumer<byte[], byte[]> _consumer = KafkaClients.Consumer(options);
    private TopicPartition? _partition;
    private long _next;
    private bool _isPaused;

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

    /// <summary>Records from an offset up to another one; at least one, and all of them durable.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="fromOffset">The first.</param>
    /// <param name="toOffset">Behind the last.</param>
    /// <param name="end">Where the partition ends.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KafkaException">No broker answers in time.</exception>
    /// <exception cref="JournalUnavailableException">Records are missing.</exception>
    public IReadOnlyList<LogRecord> Read(
        TopicPartition partition, long fromOffset, long toOffset, long end, CancellationToken cancellationToken)
    {
        try
        {
            StandAt(partition, fromOffset);
            var records = Consume(partition, toOffset, cancellationToken);
            if (_next >= end || records.Count < PageRecords) Pause(partition);
            return records;
        }
        catch (KafkaException)
        {
            if (End(partition).Low is var low && fromOffset < low) throw Missing(partition, fromOffset, low);
            throw;
        }
    }

    public void Dispose() => _consumer.Dispose();

    private void StandAt(TopicPartition partition, long offset)
    {
        if (_isPaused) _consumer.Resume([_partition!]); // a pause outlives what is assigned
        if (_isPaused || !IsAt(partition, offset)) // resumed alone it may fetch as late as a second later
            _consumer.Assign(new TopicPartitionOffset(partition, offset));
        (_partition, _next, _isPaused) = (partition, offset, false);
    }

    // It would read ahead to the end, and ask for more there without a break.
    private void Pause(TopicPartition partition)
    {
        _consumer.Pause([partition]);
        _isPaused = true;
    }

    private List<LogRecord> Consume(TopicPartition partition, long toOffset, CancellationToken cancellationToken)
    {
        var records = new List<LogRecord>((int)Math.Min(toOffset - _next, 4_096));
        var (started, bytes) = (time.GetTimestamp(), 0L);
        while (_next < toOffset && bytes < options.ReadBytesMax)
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

    private static JournalUnavailableException Missing(TopicPartition partition, long from, long to) => new(
        $"journal Kafka {partition}: the records from {from} up to {to} are missing. The topic needs "
        + "cleanup.policy=delete with retention.ms=-1 and retention.bytes=-1; restore it from a copy.");
}
