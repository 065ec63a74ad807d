using Confluent.Kafka;

namespace Mev.Adapters.Kafka;

/// <summary>
/// The one producer of a journal. The broker gives up on an idempotent one for good where it cannot tell any more what
/// it has of it; then the next append gets a new one.
/// </summary>
internal sealed class KafkaProducer(KafkaLogOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private IProducer<byte[], byte[]>? _producer;
    private volatile bool _isGivenUp;

    /// <exception cref="KafkaException">It is not taken.</exception>
    public void Produce(
        TopicPartition to, Message<byte[], byte[]> message, Action<DeliveryReport<byte[], byte[]>> report) =>
        Current().Produce(to, message, report);

    /// <summary>Waits until what was produced is acknowledged or failed, for as long as an append may take.</summary>
    public void Dispose()
    {
        IProducer<byte[], byte[]>? producer;
        lock (_gate) (producer, _producer) = (_producer, null);
        producer?.Flush(options.AppendTimeout);
        producer?.Dispose();
    }

    private IProducer<byte[], byte[]> Current()
    {
        lock (_gate)
        {
            if (_isGivenUp && _producer is { } old)
            {
                _producer = null;
                _ = Task.Run(old.Dispose); // what it still has is reported as failed
            }
            if (_producer is not null) return _producer;
            _isGivenUp = false;
            return _producer = KafkaClients.Producer(options, error => _isGivenUp |= error.IsFatal);
        }
    }
}
