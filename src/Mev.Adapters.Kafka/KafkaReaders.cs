using System.Collections.Concurrent;
using Confluent.Kafka;
using Mev.Domain.Limits;
using Mev.Journal;

namespace Mev.Adapters.Kafka;

/// <summary>
/// The consumers that read. One that stands where a read begins goes on with it, so that a partition is read from its
/// beginning to its end in one stream. Where partitions end is asked of a consumer that reads nothing, so no read is in
/// its way, and not at all where it is known to be further on.
/// </summary>
internal sealed class KafkaReaders(KafkaLogOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.ReadersMax);
    private readonly Lock _gate = new();
    private readonly List<KafkaReader> _idle = [];
    private readonly ConcurrentDictionary<TopicPartition, long> _ends = [];
    private readonly Lazy<KafkaReader> _asker = new(() => new KafkaReader(options, time));
    private bool _isDisposed;
    private int _made;
    private long _waits;

    /// <summary>What is durable from an offset on.</summary>
    public async Task<IReadOnlyList<LogRecord>> Read(
        TopicPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken)
    {
        var end = _ends.GetValueOrDefault(partition);
        if (end - recordsMax < fromOffset) end = await End(partition, cancellationToken);
        if (fromOffset >= end) return [];
        var to = Math.Min(end, fromOffset + recordsMax);
        return await InTurn(
            () => Run(partition, fromOffset, reader => reader.Read(partition, fromOffset, to, end, cancellationToken)),
            cancellationToken);
    }

    /// <summary>The offset of the record that comes next.</summary>
    public async Task<long> End(TopicPartition partition, CancellationToken cancellationToken)
    {
        var end = await InTurn(() => Explained(partition, () => Asker().End(partition).High), cancellationToken);
        Ends(partition, end);
        return end;
    }

    /// <summary>A partition is known to have its records up to there.</summary>
    public void Ends(TopicPartition partition, long end) =>
        _ends.AddOrUpdate(partition, end, (_, known) => Math.Max(known, end));

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
            if (_asker.IsValueCreated) _asker.Value.Dispose();
        }
    }

    // A client of the brokers blocks its thread while it waits, which no grain's turn may.
    private async Task<T> InTurn<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        if (!_places.Wait(0, CancellationToken.None))
        {
            Interlocked.Increment(ref _waits);
            await _places.WaitAsync(cancellationToken);
        }
        try
        {
            return await Task.Run(ask, cancellationToken);
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
            var result = Explained(partition, () => read(reader));
            isWhole = true;
            return result;
        }
        finally
        {
            GiveBack(reader, isWhole);
        }
    }

    private T Explained<T>(TopicPartition partition, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (KafkaException failure)
        {
            throw new JournalUnavailableException(
                $"journal Kafka {options.BootstrapServers}, {partition}: {failure.Error.Reason}", failure);
        }
    }

    private KafkaReader Asker()
    {
        lock (_gate)
        {
            ThrowIfClosed();
            return _asker.Value;
        }
    }

    private KafkaReader Take(TopicPartition partition, long fromOffset)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            var at = _idle.FindIndex(reader => reader.IsAt(partition, fromOffset));
            if (at < 0 && _made < options.ReadersMax)
            {
                var made = new KafkaReader(options, time);
                _made++;
                return made;
            }
            at = Math.Max(at, 0); // the one that read longest ago; places are as many, so there is one
            var reader = _idle[at];
            _idle.RemoveAt(at);
            return reader;
        }
    }

    private void ThrowIfClosed()
    {
        if (_isDisposed) throw new JournalUnavailableException("journal Kafka: the journal is closed");
    }

    // Where a reader stands after a failure is not known.
    private void GiveBack(KafkaReader reader, bool isWhole)
    {
        lock (_gate)
        {
            if (isWhole && !_isDisposed)
            {
                _idle.Add(reader);
                return;
            }
            _made--;
            reader.Dispose();
        }
    }
}
