using Confluent.Kafka;
using Mev.Domain.Limits;
using Mev.Journal;

namespace Mev.Adapters.Kafka;

/// <summary>
/// The consumers that read. One that stands where a read begins goes on with it, so that a partition is read from its
/// beginning to its end in one stream.
/// </summary>
internal sealed class KafkaReaders(KafkaLogOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.ReadersMax);
    private readonly Lock _gate = new();
    private readonly List<KafkaReader> _idle = [];
    private bool _isDisposed;
    private long _waits;

    public Task<IReadOnlyList<LogRecord>> Read(
        TopicPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken) =>
        With(
            partition, fromOffset, reader => reader.Read(partition, fromOffset, recordsMax, cancellationToken),
            cancellationToken);

    public Task<long> End(TopicPartition partition, CancellationToken cancellationToken) =>
        With(partition, fromOffset: -1, reader => reader.End(partition).High, cancellationToken);

    /// <summary>The bound and how often it was met.</summary>
    public LimitCount Limit() =>
        new("journal.kafka-readers", options.ReadersMax, AtLimit.Wait, Interlocked.Read(ref _waits));

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var reader in _idle) reader.Dispose();
            _idle.Clear();
        }
    }

    // A client of the brokers blocks its thread while it waits, which no grain's turn may.
    private async Task<T> With<T>(
        TopicPartition partition, long fromOffset, Func<KafkaReader, T> read, CancellationToken cancellationToken)
    {
        if (!_places.Wait(0, CancellationToken.None))
        {
            Interlocked.Increment(ref _waits);
            await _places.WaitAsync(cancellationToken);
        }
        try
        {
            return await Task.Run(() => Run(partition, fromOffset, read), cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private T Run<T>(TopicPartition partition, long fromOffset, Func<KafkaReader, T> read)
    {
        var reader = Take(partition, fromOffset);
        var isWhole = false;
        try
        {
            var result = read(reader);
            isWhole = true;
            return result;
        }
        catch (KafkaException failure)
        {
            throw new JournalUnavailableException(
                $"journal Kafka {options.BootstrapServers}, {partition}: {failure.Error.Reason}", failure);
        }
        finally
        {
            GiveBack(reader, isWhole);
        }
    }

    private KafkaReader Take(TopicPartition partition, long fromOffset)
    {
        lock (_gate)
        {
            if (_isDisposed) throw new JournalUnavailableException("journal Kafka: the journal is closed");
            var at = _idle.FindIndex(reader => reader.IsAt(partition, fromOffset));
            if (at < 0) at = _idle.Count - 1;
            if (at < 0) return new KafkaReader(options, time);
            var reader = _idle[at];
            _idle.RemoveAt(at);
            return reader;
        }
    }

    // Where a reader stands after a failure is not known.
    private void GiveBack(KafkaReader reader, bool isWhole)
    {
        lock (_gate)
        {
            if (isWhole && !_isDisposed) _idle.Add(reader);
            else reader.Dispose();
        }
    }
}
