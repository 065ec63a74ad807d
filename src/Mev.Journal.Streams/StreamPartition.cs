using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Mev.Journal.Streams;

/// <summary>
/// A partition as Orleans pulls from it, receiver and cache in one: the log keeps everything, so the cache is only the
/// chunks read last. When they are full, reading waits a moment for the consumer that needs the oldest; whoever stays
/// behind, or went back, is read for by itself, so it waits for nobody and nobody for it. Where the next owner begins
/// is
/// the first event that some consumer may not have had. Orleans calls it in turns, one after the other.
/// </summary>
internal sealed partial class StreamPartition(
    LogPartition partition, LogStreamOptions options, StreamReader reader, IStreamQueueCheckpointerFactory positions,
    TimeProvider time, ILogger logger) : IQueueAdapterReceiver, IQueueCache
{
    private readonly StreamChunks _newest = new(options.ChunksMax);
    private readonly StreamChunks _older = new(options.ChunksMax);
    private readonly List<StreamCursor> _cursors = [];
    private IStreamQueueCheckpointer<string>? _position;
    private long _next;
    private long _held = long.MaxValue;
    private long? _fullSince;
    private bool _isAway;

    /// <summary>Its place in the log.</summary>
    public LogPartition Partition => partition;

    public Task Initialize(TimeSpan timeout) => Begin(CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) =>
        await GetQueueMessagesAsync(maxCount, CancellationToken.None);

    /// <summary>
    /// What came since, and what was read for those that are behind: Orleans wakes the streams of it.
    /// </summary>
    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        var batches = new List<IBatchContainer>();
        try
        {
            await Begin(cancellationToken);
            SavePosition();
            await ReadForThoseBehind(batches, cancellationToken);
            if (!WaitsForSlow() && await reader.Read(partition, _next, setsAside: true, cancellationToken) is { } chunk)
            {
                _newest.Add(chunk);
                _next = chunk.Next;
                batches.AddRange(chunk.Batches.Values);
            }
            _isAway = false;
        }
        catch (JournalUnavailableException failure)
        {
            if (!_isAway) LogNotRead(partition, _next, failure.Message);
            _isAway = true;
        }
        return batches;
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public async Task Shutdown(TimeSpan timeout)
    {
        // Orleans took the cursors away before: what was saved last is what they had.
        if (_position is not null) await _position.FlushAsync(CancellationToken.None).WaitAsync(timeout, time);
    }

    public int GetMaxAddCount() => options.ChunkRecordsMax;

    public bool IsUnderPressure() => false;

    public void AddToCache(IList<IBatchContainer> messages)
    {
        // it has them
    }

    public bool TryPurgeFromCache(out IList<IBatchContainer> purgedItems)
    {
        purgedItems = [];
        return false;
    }

    /// <summary>Asked for as long as the cursors are there, the last time before they go.</summary>
    void IQueueCache.UpdateDeliveryProgress(StreamSequenceToken? earliestSubscriptionToken, DateTime utcNow) =>
        SavePosition();

    /// <summary>From a token's offset on; without one, from what is read next.</summary>
    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token) =>
        CursorAt(streamId, token is null ? _next : Math.Max(0, token.SequenceNumber));

    QueueCacheCursorResult<IQueueCacheCursor> IQueueCache.TryGetCacheCursorAtPosition(
        StreamId streamId, StreamSubscriptionStartPosition startPosition) =>
        QueueCacheCursorResult<IQueueCacheCursor>.FromCursor(CursorAt(
            streamId, startPosition == StreamSubscriptionStartPosition.EarliestAvailable ? 0 : _next));

    /// <summary>The chunk with an offset, where it is in memory.</summary>
    public StreamChunk? ChunkWith(long offset) => _newest.With(offset) ?? _older.With(offset);

    public void Forget(StreamCursor cursor) => _cursors.Remove(cursor);

    /// <summary>An event that must not be passed over by who owns the partition next.</summary>
    public void Hold(long offset) => _held = Math.Min(_held, offset);

    private StreamCursor CursorAt(StreamId stream, long offset)
    {
        var cursor = new StreamCursor(this, stream, offset);
        _cursors.Add(cursor);
        return cursor;
    }

    private bool IsBehind(StreamCursor cursor) =>
        cursor.Next < (_newest.Oldest?.First ?? _next) && _older.With(cursor.Next) is null;

    // As many as there is room for, whoever waited longest first.
    private async Task ReadForThoseBehind(List<IBatchContainer> batches, CancellationToken cancellationToken)
    {
        foreach (var cursor in _cursors.Where(IsBehind).Take(options.ChunksMax).ToList())
        {
            if (await ReadFor(cursor, cancellationToken) is { } batch) batches.Add(batch);
            if (_cursors.Remove(cursor)) _cursors.Add(cursor);
        }
    }

    private async ValueTask<StreamBatch?> ReadFor(StreamCursor cursor, CancellationToken cancellationToken)
    {
        for (var chunks = 0; chunks < options.ChunksMax && IsBehind(cursor); chunks++)
        {
            if (await reader.Read(partition, cursor.Next, setsAside: false, cancellationToken) is not { } chunk) break;
            if (cursor.Look(chunk) is not { } batch) continue;
            _older.Add(chunk);
            return batch;
        }
        return null;
    }

    private bool WaitsForSlow()
    {
        if (!_newest.IsFull || !_cursors.Exists(cursor => _newest.Oldest!.Has(cursor.Next)))
        {
            _fullSince = null;
            return false;
        }
        _fullSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(_fullSince.Value) < options.SlowWait) return true;
        _fullSince = null;
        return false;
    }

    private async Task Begin(CancellationToken cancellationToken)
    {
        if (_position is not null) return;
        var position = await positions.Create(partition.ToString(), cancellationToken);
        var saved = await position.Load(cancellationToken);
        if (position.CheckpointExists) _next = long.Parse(saved, CultureInfo.InvariantCulture);
        _next = Math.Min(_next, await reader.End(partition, cancellationToken)); // a log that was begun anew
        _position = position;
    }

    private void SavePosition()
    {
        var settled = _cursors.Aggregate(Math.Min(_next, _held), (least, each) => Math.Min(least, each.Settled()));
        _position?.Update(
            settled.ToString(CultureInfo.InvariantCulture), time.GetUtcNow().UtcDateTime, CancellationToken.None);
    }

    [LoggerMessage(15000, LogLevel.Warning, "{Partition} cannot be read from {Offset}; its streams wait: {Reason}")]
    private partial void LogNotRead(LogPartition partition, long offset, string reason);
}
