using System.Collections.Immutable;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Mev.Journal.Streams;

/// <summary>
/// What a chunk of the log has of one stream, in order; at least one event. Its token is the offset of the first and
/// how far the last is from it: of two batches that begin alike the longer is newer, so what a consumer has of one is
/// never taken for the other.
/// </summary>
[GenerateSerializer, Alias("mev.stream-batch")]
internal sealed class StreamBatch(StreamId stream, ImmutableArray<StreamEvent> events) : IBatchContainer
{
    [Id(0)] private readonly StreamId _stream = stream;
    [Id(1)] private readonly ImmutableArray<StreamEvent> _events = events;

    public StreamId StreamId => _stream;

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(First, (int)(Last - First));

    public long First => _events[0].Offset;

    public long Last => _events[^1].Offset;

    public bool IsSingle => _events.Length == 1;

    /// <summary>Events of another type than asked for are left out.</summary>
    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => _events
        .Where(each => each.Event is T)
        .Select(each => Tuple.Create<T, StreamSequenceToken>((T)each.Event, new EventSequenceTokenV2(each.Offset)));

    public bool ImportRequestContext() => false;

    /// <summary>Its events from an offset on; null when there are none.</summary>
    public StreamBatch? From(long offset)
    {
        if (offset <= First) return this;
        return offset > Last ? null : new StreamBatch(_stream, [.. _events.Where(each => each.Offset >= offset)]);
    }

    /// <summary>Its first event alone.</summary>
    public StreamBatch Single() => IsSingle ? this : new StreamBatch(_stream, [_events[0]]);
}
