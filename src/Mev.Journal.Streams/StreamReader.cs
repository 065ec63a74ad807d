using System.Collections.Immutable;
using Orleans.Serialization;

namespace Mev.Journal.Streams;

/// <summary>Reads chunks of a partition and makes events of the records.</summary>
internal sealed class StreamReader(
    IPartitionedLog log, Serializer serializer, DeadLetters deadLetters, int chunkRecordsMax)
{
    /// <summary>Where a partition ends.</summary>
    /// <exception cref="JournalUnavailableException">The log cannot be read.</exception>
    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken) =>
        log.End(partition, cancellationToken);

    /// <summary>The chunk that begins at an offset; null at the end.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="setsAside">
    /// Whether records that are no events are set aside; whoever reads them another time leaves them out.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JournalUnavailableException">The log cannot be read, or written where that is
    /// asked.</exception>
    public async ValueTask<StreamChunk?> Read(
        LogPartition partition, long offset, bool setsAside, CancellationToken cancellationToken)
    {
        var records = await log.Read(partition, offset, chunkRecordsMax, cancellationToken);
        if (records.Count == 0) return null;
        var events = new Dictionary<StreamId, ImmutableArray<StreamEvent>.Builder>();
        foreach (var record in records)
        {
            var (read, failure) = Event(record);
            if (read is not null) Events(events, read.Stream).Add(new StreamEvent(record.Offset, read.Event));
            else if (setsAside) await deadLetters.SetAside(partition, record, failure!, cancellationToken);
        }
        return new StreamChunk(
            offset, records[^1].Offset + 1,
            events.ToDictionary(each => each.Key, each => new StreamBatch(each.Key, each.Value.ToImmutable())));
    }

    private static ImmutableArray<StreamEvent>.Builder Events(
        Dictionary<StreamId, ImmutableArray<StreamEvent>.Builder> events, StreamId stream)
    {
        if (events.TryGetValue(stream, out var found)) return found;
        return events[stream] = ImmutableArray.CreateBuilder<StreamEvent>();
    }

    // What a foreign record makes the serializer throw is not bounded by type.
    private (StreamRecord? Record, string? Failure) Event(LogRecord record)
    {
        try
        {
            return serializer.Deserialize<StreamRecord>(record.Entry.Bytes) is { Event: not null } read
                ? (read, null)
                : (null, "it has no event");
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return (null, $"it is no event that this host can read: {failure.Message}");
        }
    }
}
