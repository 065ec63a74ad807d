using Mev.Domain.Chain;
using Mev.Journal.Audit;
using Orleans.Serialization;
using Orleans.Streams;

namespace Mev.Journal.Streams;

/// <summary>
/// Appends what is published; publishing returns once it is durable. An event is a record of its own.
/// </summary>
internal sealed class LogStreamAdapter(
    string name, LogStreamOptions options, IStreamQueueMapper mapper, IPartitionedLog log, Serializer serializer,
    TimeProvider time, Func<QueueId, IQueueAdapterReceiver> receivers) : IQueueAdapter
{
    /// <summary>Appends of one call that are on their way at a time; what follows waits for them.</summary>
    private const int UnderWayMax = 1_024;

    public string Name => name;

    public bool IsRewindable => true;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => receivers(queueId);

    /// <summary>
    /// The events in order; others may publish in between, so each is an append of its own. After a failure some of
    /// them may be there. The context of the request does not go with them.
    /// </summary>
    /// <exception cref="JournalUnavailableException">They are not all durable, or not known to be.</exception>
    /// <exception cref="NotSupportedException">A token: the log numbers events itself.</exception>
    public async Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token,
        Dictionary<string, object>? requestContext)
    {
        if (token is not null) throw new NotSupportedException("a log numbers events itself: publish without a token");
        var partition = options.At((int)mapper.GetQueueForStream(streamId).GetNumericId());
        var (now, key) = (time.UnixNs(), Digest.Of(streamId.FullKey.Span));
        foreach (var some in events.Chunk(UnderWayMax))
        {
            await Task.WhenAll(some.Select(each => log.Append(
                partition,
                [EntryOf(each!)]).AsTask()));
        }

        LogEntry EntryOf(object each) => new(
            RecordType.Unknown, now, key, serializer.SerializeToArray(new StreamRecord(streamId, each)));
    }
}
