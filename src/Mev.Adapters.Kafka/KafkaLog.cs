using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Mev.Domain.Limits;
using Mev.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Kafka;

/// <summary>
/// The journal of a cluster: a topic's partition in Kafka, a record a message, its number the broker's offset. Durable
/// means acknowledged by all replicas in sync (idempotent producer, acks=all): with one broker it survives the death of
/// every process, with three also the loss of a machine. Brokers do not sync each append to disk; the replicas are what
/// keeps it. A process or broker that dies in the middle of an append may leave some of it.
/// </summary>
public sealed partial class KafkaLog : IPartitionedLog, IAsyncDisposable, IDisposable
{
    private readonly KafkaLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly KafkaProducer _producer;
    private readonly KafkaReaders _readers;
    private readonly AppendsUnderWay _underWay;
    private readonly JournalInstruments _instruments;
    private readonly ConcurrentDictionary<LogPartition, PartitionLane> _lanes = [];
    private readonly BrokerProbe _probe;
    private volatile bool _isClosed;

    /// <summary>Makes the log; the brokers are asked for when something is appended or read.</summary>
    public KafkaLog(
        IOptions<KafkaLogOptions> options, TimeProvider time, IMeterFactory meters, ILogger<KafkaLog> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        _producer = new KafkaProducer(_options);
        _readers = new KafkaReaders(_options, time);
        _underWay = new AppendsUnderWay(_options.AppendsMax, _options.AppendBytesMax, time);
        _probe = new BrokerProbe(_options, time);
        _instruments = new JournalInstruments(meters, () => Lag, () => 0);
    }

    /// <inheritdoc/>
    /// <remarks>From a failure on false, until the brokers say that enough replicas are in sync again.</remarks>
    public bool IsAvailable => !_isClosed && _probe.IsAvailable;

    /// <inheritdoc/>
    public TimeSpan Lag => _underWay.Lag;

    /// <inheritdoc/>
    /// <remarks>
    /// The order in its partition is fixed when the call returns its task. Cancelled before the call, an append never
    /// happens; later the caller only stops waiting.
    /// </remarks>
    /// <exception cref="ArgumentException">No entries, no topic, or a record above the bound.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A partition below 0 or above 65,535.</exception>
    public async ValueTask<long> Append(
        LogPartition partition,
        IReadOnlyList<LogEntry> entries,
        LogAppend? named = null,
        CancellationToken cancellationToken = default)
    {
        partition.Check();
        named?.Partition.Check();
        if (entries.Count == 0) throw new ArgumentException("an append has at least one entry", nameof(entries));
        if (named is { Entries.Count: 0 }) throw new ArgumentException("what is named has one, too", nameof(named));
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = BytesOf(entries) + BytesOf(named?.Entries ?? []);
        var started = _time.GetTimestamp();
        var append = Begin(new KafkaAppend(partition, entries), named, bytes);
        var offset = await append.WaitAsync(cancellationToken);
        _instruments.Appended(partition, _time.GetElapsedTime(started));
        return offset;
    }

    /// <inheritdoc/>
    /// <remarks>Ends early after <c>ReadBytesMax</c> bytes. A partition that is not there has no records.</remarks>
    public async ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default)
    {
        partition.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(fromOffset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(recordsMax);
        return await _readers.Read(At(partition), fromOffset, recordsMax, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default)
    {
        partition.Check();
        return await _readers.End(At(partition), cancellationToken);
    }

    /// <summary>Its bounded places with their counts as of now.</summary>
    public IEnumerable<LimitCount> Limits() => [_underWay.Limit(), _readers.Limit()];

    /// <summary>Waits for what is under way, then leaves the brokers. Appends fail from now on.</summary>
    public async ValueTask DisposeAsync() => await Task.Run(Dispose);

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
        }
        _probe.Dispose();
        _producer.Dispose();
        _readers.Dispose();
    }

    private Task<long> Begin(KafkaAppend append, LogAppend? named, long bytes)
    {
        lock (_gate) // what is named and what names it keep the order of the calls
        {
            if (_isClosed) return Refuse(append, "the journal is closed");
            if (_underWay.Enter(bytes) is not { } place)
            {
                return Refuse(
                    append,
                    $"{_options.AppendsMax:N0} appends or {_options.AppendBytesMax:N0} bytes wait for the brokers "
                    + "(Kafka:AppendsMax, Kafka:AppendBytesMax): they take less than is appended");
            }
            var before = Task.CompletedTask;
            if (named is not null)
            {
                var first = new KafkaAppend(named.Partition, named.Entries);
                Lane(named.Partition).Add(first, Task.CompletedTask);
                before = first.Done;
            }
            Lane(append.Partition).Add(append, before);
            return Settle(append, place, bytes);
        }
    }

    private async Task<long> Settle(KafkaAppend append, LinkedListNode<long> place, long bytes)
    {
        try
        {
            var offset = await append.Done;
            _readers.Ends(At(append.Partition), offset + append.Count);
            _probe.Succeeded();
            return offset;
        }
        catch (JournalUnavailableException failure)
        {
            _instruments.Failed("kafka");
            if (_probe.Failed()) LogFailed(_logger, _options.BootstrapServers, failure.Message);
            throw;
        }
        finally
        {
            _underWay.Leave(place, bytes);
        }
    }

    private Task<long> Refuse(KafkaAppend append, string reason)
    {
        _instruments.Failed("refused");
        append.Refuse(reason);
        return append.Done;
    }

    private PartitionLane Lane(LogPartition partition) =>
        _lanes.GetOrAdd(partition, p => new PartitionLane(_producer, At(p)));

    private TopicPartition At(LogPartition partition) =>
        new(_options.TopicPrefix + partition.Topic, partition.Partition);

    private long BytesOf(IReadOnlyList<LogEntry> entries)
    {
        var bytes = 0L;
        for (var i = 0; i < entries.Count; i++)
        {
            var length = entries[i].Bytes.Length;
            if (length > _options.RecordBytesMax)
            {
                throw new ArgumentException(
                    $"a record has {length:N0} bytes, at most {_options.RecordBytesMax:N0} are taken: raise "
                    + "Kafka:RecordBytesMax, and max.message.bytes of the topics with it",
                    nameof(entries));
            }
            bytes += length + KafkaRecord.OverheadBytesMax;
        }
        return bytes;
    }

    [LoggerMessage(4000, LogLevel.Error,
        "Brokers {BootstrapServers}: {Reason}. Nothing is traded until they acknowledge records again")]
    private static partial void LogFailed(ILogger logger, string bootstrapServers, string reason);
}
