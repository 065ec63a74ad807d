using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Channels;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Connections;

/// <summary>
/// A place in a lossless channel: from the log where the ring no longer has it, else from the ring.
/// </summary>
internal sealed class LosslessSubscription : Subscription
{
    private const int PagesOfFillMax = 4; // a filter may take nothing of a million: heartbeats go on

    private readonly LosslessChannel _channel;
    private readonly RecordFilter? _filter;
    private ulong _next; // not yet looked at
    private ulong _last; // the client's last message, modulo 2^64
    private bool _isLive;
    private ChannelPage? _page;

    private LosslessSubscription(uint id, LosslessChannel channel, ulong next, RecordFilter? filter)
        : base(id) => (_channel, _next, _last, _filter) = (channel, next, unchecked(next - 1), filter);

    public override ulong? Position => _next == 0 ? null : _next - 1;

    public override (ulong Numbers, long Bytes) Behind => _isLive ? _channel.Behind(_next) : default;

    /// <summary>The client's last message, from which it goes on elsewhere.</summary>
    public string ResumeToken => $"{Convert.ToHexStringLower(_channel.Epoch.Span)}:{_last}";

    public static LosslessSubscription? Begin(
        LosslessChannel channel, Subscribe request, out Subscribed answer, out string error)
    {
        var end = channel.Next;
        var isSame = request.Resume is { } resume && channel.Epoch.Span.SequenceEqual(resume.Epoch.Span);
        answer = new Subscribed
        {
            Epoch = ByteString.CopyFrom(channel.Epoch.Span),
            Class = Class.Lossless,
            Resumed = isSame,
        };
        error = "";
        if (!TryFilter(request.Filter, channel, out var filter, ref error)) return null;
        var from = filter is { HasFromSeq: true } ? filter.FromSeq : end;
        // Another epoch is another log, of which the client has nothing: all of it.
        if (request.Resume is not null) from = isSame ? unchecked(request.Resume.Seq + 1) : 0;
        if (from > end || (isSame && from == 0))
        {
            error = $"number {from} is not there yet: the next one is {end}";
            return null;
        }
        answer.NextSeq = from;
        return new LosslessSubscription(request.Id, channel, from, HasLists(filter) ? filter : null);
    }

    public override async ValueTask Fill(
        FrameBuffer frame, StreamMessage?[] scratch, CancellationToken cancellationToken)
    {
        HasMore = false;
        for (var pages = 0; !frame.IsFull;)
        {
            if (_page is { } page)
            {
                if (TryTake(frame, page.Messages, (int)(_next - page.From))) _page = null;
                continue;
            }
            var count = _channel.Read(_next, scratch);
            if (count == 0)
            {
                _isLive = true;
                return;
            }
            if (count > 0)
            {
                TryTake(frame, new ArraySegment<StreamMessage?>(scratch, 0, count), 0);
            }
            else if (pages++ < PagesOfFillMax)
            {
                await Replay(frame, cancellationToken);
            }
            else
            {
                HasMore = true;
                return;
            }
        }
    }

    private async ValueTask Replay(FrameBuffer frame, CancellationToken cancellationToken)
    {
        var page = await _channel.Log.Read(_next, PageNumbersMax, cancellationToken);
        if (page.From > _next)
        {
            if (!TryTellGap(frame, unchecked(_last + 1), page.From - 1, Reason.Retention)) return;
            (_next, _last) = (page.From, page.From - 1);
        }
        if (page.Messages.Count == 0)
            throw new ChannelUnavailableException($"{_channel.Name}: the log has no number {_next}");
        _page = page;
    }

    /// <summary>Puts what the filter takes into the frame; false when it is full before the end.</summary>
    private bool TryTake(FrameBuffer frame, IReadOnlyList<StreamMessage?> messages, int from)
    {
        for (var i = from; i < messages.Count; i++)
        {
            if (messages[i] is { } message && Takes(message))
            {
                var isNext = unchecked(_last + 1) == message.Seq;
                if (!frame.TryAppend(Id, message, isNext ? null : _last)) return false;
                _last = message.Seq;
            }
            _next++;
        }
        return true;
    }

    private bool Takes(StreamMessage message) => _filter is null || (message.Facts is { } facts
        && (_filter.Strategies.Count == 0 || _filter.Strategies.Contains(facts.Strategy))
        && (_filter.Actions.Count == 0 || _filter.Actions.Contains(facts.Action))
        && (_filter.Reasons.Count == 0 || _filter.Reasons.Contains(facts.Reason)));

    private static bool HasLists(RecordFilter? filter) =>
        filter is not null && filter.Strategies.Count + filter.Actions.Count + filter.Reasons.Count > 0;

    private static bool TryFilter(
        ByteString bytes, LosslessChannel channel, out RecordFilter? filter, ref string error)
    {
        filter = null;
        if (bytes.Length == 0) return true;
        try
        {
            filter = RecordFilter.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            error = "the filter is no RecordFilter";
            return false;
        }
        if (!HasLists(filter) || channel.HasFacts) return true;
        error = $"{channel.Name} has no strategies, actions or reasons to filter by: decisions/PARTITION has";
        return false;
    }
}
