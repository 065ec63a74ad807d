using System.Diagnostics.Metrics;
using System.Text;
using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Domain.Chain;
using Mev.Journal.Audit;
using Microsoft.Extensions.Logging;

namespace Mev.Journal.Streams;

/// <summary>
/// Events that nobody can take: kept in a topic of their own with where they stood, counted, and told.
/// </summary>
internal sealed partial class DeadLetters
{
    private const string Code = "message_set_aside";

    private static readonly LogPartition Letters = new(LogTopics.DeadLetter, 0);
    private static readonly LogPartition Alerts = new(LogTopics.Alerts, 0);

    private readonly IPartitionedLog _log;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Counter<long> _count;

    public DeadLetters(IPartitionedLog log, TimeProvider time, IMeterFactory meters, ILogger<DeadLetters> logger)
    {
        (_log, _time, _logger) = (log, time, logger);
        _count = meters.Create("Mev").CreateCounter<long>(
            "mev.streams.set_aside", "{message}",
            "Events of Orleans streams that could not be taken and were set aside.");
    }

    /// <summary>Sets the record at an offset aside; false, and logged, where the log fails.</summary>
    public async Task<bool> TrySetAside(
        LogPartition partition, long offset, string reason, CancellationToken cancellationToken)
    {
        try
        {
            var records = await _log.Read(partition, offset, 1, cancellationToken);
            if (records.Count == 0) return false;
            await SetAside(partition, records[0], reason, cancellationToken);
            return true;
        }
        catch (JournalUnavailableException failure)
        {
            LogWaits(partition, offset, failure.Message);
            return false;
        }
    }

    /// <summary>Sets a record aside: the alert stands where the letter is durable.</summary>
    /// <exception cref="JournalUnavailableException">It is not, or not known to be.</exception>
    public async Task SetAside(
        LogPartition partition, LogRecord record, string reason, CancellationToken cancellationToken = default)
    {
        var now = _time.UnixNs();
        var letter = new DeadLetter
        {
            Topic = partition.Topic,
            Partition = (uint)partition.Partition,
            Offset = (ulong)record.Offset,
            Reason = reason,
            SetAsideNs = now,
            Record = UnsafeByteOperations.UnsafeWrap(record.Entry.Bytes),
        };
        var alert = new Alert
        {
            Code = Code,
            Message = $"{partition}@{record.Offset} was set aside in {LogTopics.DeadLetter}: {reason}",
            IsRaised = true,
            RaisedNs = now,
        };
        await _log.Append(
            Alerts,
            [new LogEntry(RecordType.Unknown, now, Digest.Of(Encoding.UTF8.GetBytes(Code)), alert.ToByteArray())],
            new LogAppend(
                Letters, [new LogEntry(RecordType.Unknown, now, record.Entry.Key, letter.ToByteArray())]),
            cancellationToken);
        _count.Add(1);
        LogSetAside(partition, record.Offset, reason);
    }

    [LoggerMessage(15001, LogLevel.Error, "{Partition}@{Offset} was set aside: {Reason}")]
    private partial void LogSetAside(LogPartition partition, long offset, string reason);

    [LoggerMessage(15002, LogLevel.Error, "{Partition}@{Offset} waits to be set aside: {Reason}")]
    private partial void LogWaits(LogPartition partition, long offset, string reason);
}
