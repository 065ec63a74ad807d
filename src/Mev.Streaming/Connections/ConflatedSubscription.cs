using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Channels;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Connections;

/// <summary>A place in a channel of states: a snapshot where it is needed, then what changed.</summary>
internal sealed class ConflatedSubscription : Subscription
{
    private const int PartBytesMax = FrameBuffer.BytesMax / 2;

    private readonly ConflatedChannel _channel;
    private ulong _sent;
    private StreamMessage[]? _snapshot;
    private int _snapshotSent;

    private ConflatedSubscription(uint id, ConflatedChannel channel, ulong sent, bool isResumed)
        : base(id)
    {
        (_channel, _sent) = (channel, sent);
        if (!isResumed) BeginSnapshot();
    }

    public override ulong? Position => _snapshot is null ? _sent : null;

    public static ConflatedSubscription Begin(ConflatedChannel channel, Subscribe request, out Subscribed answer)
    {
        var isResumed = request.Resume is { } resume && channel.Epoch.Span.SequenceEqual(resume.Epoch.Span)
            && resume.Seq >= channel.Floor && resume.Seq <= channel.Last;
        var subscription = new ConflatedSubscription(
            request.Id, channel, isResumed ? request.Resume!.Seq : 0, isResumed);
        answer = new Subscribed
        {
            Epoch = ByteString.CopyFrom(channel.Epoch.Span),
            Class = Class.Conflated,
            Resumed = isResumed,
            NextSeq = subscription._sent + 1,
        };
        return subscription;
    }

    public override ValueTask Fill(FrameBuffer frame, StreamMessage?[] scratch, CancellationToken cancellationToken)
    {
        while (!frame.IsFull)
        {
            if (_snapshot is { } snapshot)
            {
                SendPart(frame, snapshot);
                continue;
            }
            var count = _channel.Read(_sent, scratch);
            if (count == 0) break;
            if (count < 0) BeginSnapshot();
            for (var i = 0; i < count; i++) if (!TrySend(frame, scratch[i]!)) break;
        }
        return ValueTask.CompletedTask;
    }

    public override bool TryCheck(FrameBuffer frame)
    {
        if (_snapshot is not null || _sent != _channel.Last) return true; // it would tell of another state
        var check = _channel.Check();
        return check.Seq != _sent || frame.TryAppend(new ServerMessage
        {
            Id = Id,
            Seq = check.Seq,
            Check = new Check { Crc32C = check.Sum, Entries = check.Entries },
        });
    }

    private void BeginSnapshot() => (_snapshot, _snapshotSent) = (_channel.Snapshot(out _sent), 0);

    private void SendPart(FrameBuffer frame, StreamMessage[] snapshot)
    {
        var part = new Snapshot { Epoch = ByteString.CopyFrom(_channel.Epoch.Span) };
        var end = _snapshotSent;
        for (var bytes = 0; end < snapshot.Length && bytes < PartBytesMax; end++)
        {
            var message = snapshot[end];
            part.Entries.Add(new Entry
            {
                Key = UnsafeByteOperations.UnsafeWrap(message.Key),
                Value = UnsafeByteOperations.UnsafeWrap(message.Value),
            });
            bytes += message.Body.Length;
        }
        part.Last = end == snapshot.Length;
        if (!frame.TryAppend(new ServerMessage { Id = Id, Seq = _sent, Snapshot = part })) return;
        (_snapshot, _snapshotSent) = (part.Last ? null : snapshot, end);
    }

    private bool TrySend(FrameBuffer frame, StreamMessage message)
    {
        if (message.Seq != _sent + 1)
        {
            if (!TryTellGap(frame, _sent + 1, message.Seq - 1, Reason.Conflation)) return false;
            _sent = message.Seq - 1;
        }
        if (!frame.TryAppend(Id, message)) return false;
        _sent = message.Seq;
        return true;
    }
}
