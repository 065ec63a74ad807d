using Confluent.Kafka;
using Mev.Journal;

namespace Mev.Adapters.Kafka;

/// <summary>
/// One append on its way. Its records are messages of their own, so it is whole when each was acknowledged, one behind
/// the other; a failure may leave some of it in the log.
/// </summary>
internal sealed class KafkaAppend(LogPartition partition, IReadOnlyList<LogEntry> entries)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = entries.Count;
    private long _first = -1;
    private long _next;
    private string? _failure;

    public LogPartition Partition => partition;

    public int Count => entries.Count;

    /// <summary>The offset of the first record once all are durable.</summary>
    public Task<long> Done => _done.Task;

    /// <summary>Hands the records to the producer, in order. Never throws.</summary>
    public void Produce(KafkaProducer producer, TopicPartition to)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            try
            {
                producer.Produce(to, KafkaRecord.Message(entries[i]), Report);
            }
            catch (Exception refusal) when (refusal is KafkaException or ObjectDisposedException)
            {
                Close(entries.Count - i, refusal.Message);
                return;
            }
        }
    }

    /// <summary>It is not handed to the producer at all.</summary>
    public void Refuse(string reason) => Close(entries.Count, reason);

    private void Report(DeliveryReport<byte[], byte[]> report)
    {
        lock (_gate)
        {
            var offset = report.Offset.Value;
            if (report.Error.IsError) _failure ??= report.Error.Reason;
            else if (_first < 0) (_first, _next) = (offset, offset + 1);
            else if (offset == _next) _next++;
            else _failure ??= "another process appended in between: two of them take this partition for their own";
        }
        Close(1, reason: null);
    }

    private void Close(int records, string? reason)
    {
        lock (_gate)
        {
            _failure ??= reason;
            _open -= records;
            if (_open > 0) return;
        }
        if (_failure is null) _done.SetResult(_first);
        else _done.SetException(new JournalUnavailableException($"journal Kafka {partition}: {_failure}"));
    }
}
