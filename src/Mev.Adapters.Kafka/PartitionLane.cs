using Confluent.Kafka;

namespace Mev.Adapters.Kafka;

/// <summary>
/// The appends of one partition in the order of their calls. Each is produced at once, or, where it names something in
/// another partition, as soon as that is durable; what was called behind it waits with it.
/// </summary>
internal sealed class PartitionLane(KafkaProducer producer, TopicPartition partition)
{
    private readonly Lock _gate = new();
    private readonly Queue<(KafkaAppend Append, Task Named)> _waiting = new();

    /// <summary>Takes an append behind those before it.</summary>
    public void Add(KafkaAppend append, Task named)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && named.IsCompletedSuccessfully)
            {
                append.Produce(producer, partition);
                return;
            }
            _waiting.Enqueue((append, named));
            if (_waiting.Count == 1) _ = Drain();
        }
    }

    private async Task Drain()
    {
        while (Next() is { } next)
        {
            await next.Named.ContinueWith(_ => { }, TaskScheduler.Default);
            lock (_gate)
            {
                if (next.Named.IsCompletedSuccessfully) next.Append.Produce(producer, partition);
                else next.Append.Refuse("what it names is not durable");
                _waiting.Dequeue();
            }
        }
    }

    private (KafkaAppend Append, Task Named)? Next()
    {
        lock (_gate) return _waiting.TryPeek(out var next) ? next : null;
    }
}
