using Orleans.Streams;

namespace Mev.Journal.Streams;

/// <summary>
/// How far one consumer of a stream is. A batch that could not be delivered is handed over anew, event by event, so
/// that
/// only the one that cannot be taken is given up.
/// </summary>
internal sealed class StreamCursor(StreamPartition partition, StreamId stream, long offset) : IQueueCacheCursor
{
    private StreamBatch? _current;
    private long _settled = offset;
    private long _singlesUntil;

    /// <summary>The offset from which it looks for the next event.</summary>
    public long Next { get; private set; } = offset;

    /// <summary>The first offset that may hold an event its consumer has not had.</summary>
    public long Settled()
    {
        if (_current is not null) return _settled;
        Skip();
        return Next;
    }

    /// <summary>What it handed over before was delivered, or given up.</summary>
    public bool MoveNext()
    {
        (_settled, _current) = (Next, null);
        if (Skip() is not { } batch) return false;
        _current = Next < _singlesUntil ? batch.Single() : batch;
        Next = _current.Last + 1;
        return true;
    }

    public IBatchContainer? GetCurrent(out Exception? exception)
    {
        exception = null;
        return _current;
    }

    public void Refresh(StreamSequenceToken token)
    {
        // it looks for itself
    }

    public void RecordDeliveryFailure()
    {
        if (_current is null || _current.IsSingle) return;
        (Next, _singlesUntil) = (_current.First, _current.Last + 1);
    }

    public void Dispose() => partition.Forget(this);

    /// <summary>What a chunk has for it; one that has nothing is passed.</summary>
    public StreamBatch? Look(StreamChunk chunk)
    {
        if (!chunk.Has(Next)) return null;
        if (chunk.Of(stream, Next) is { } batch) return batch;
        Next = chunk.Next;
        return null;
    }

    private StreamBatch? Skip()
    {
        while (partition.ChunkWith(Next) is { } chunk)
            if (Look(chunk) is { } batch) return batch;
        return null;
    }
}
