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
    private bool _isDisposed;

    /// <exception cref="KafkaException">It is not taken.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed, or the producer was given up.</exception>
    public void Produce(
        TopicPartition to, Message<byte[], byte[]> message, Action<DeliveryReport<byte[], byte[]>> report) =>
        Current().Produce(to, message, report);

    /// <summary>Waits until what was produced is acknowledged or failed, for as long as an append may take.</summary>
    public void Dispose()
    {
        IProducer<byte[], byte[]>? producer;
        lock (_gate) (producer, _producer, _isDisposed) = (_producer, null, true);
        if (producer is not null) Close(producer);
    }

    // Nothing is told any more of what it still has when it is disposed: so each is acknowledged before, or timed out.
    private void Close(IProducer<byte[], byte[]> producer)
    {
        producer.Flush(options.AppendTimeout + TimeSpan.FromSeconds(1));
        producer.Dispose();
    }

    private IProducer<byte[], byte[]> Current()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_isGivenUp && _producer is { } old)
            {
                _producer = null;
                _ = Task.Run(() => Close(old));
            }
            if (_producer is not null) return _producer;
            _isGivenUp = false;
            return _producer = KafkaClients.Producer(options, error => _isGivenUp |= error.IsFatal);
        }
    }
}
