using System.Collections.Concurrent;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Channels;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Connections;

/// <summary>
/// One client's connection as the protocol has it, without a socket and without a clock. <see cref="Receive"/>,
/// <see cref="Drain"/> and <see cref="End"/> come from any thread; <see cref="Fill"/> from one caller at a time, who
/// sends what it filled, and closes the connection once <see cref="Close"/> says so.
/// </summary>
public sealed partial class StreamSession
{
    private const int WaitingMessagesMax = 64;
    private const int ScratchMessages = 512;
    private const int PageNumbersMax = 1_024; // of all subscriptions together, more or less
    private const int PageNumbersMin = 16;

    private readonly string _name;
    private readonly StreamSessionBounds _bounds;
    private readonly IChannelDirectory _channels;
    private readonly IStreamAdmission _admission;
    private readonly SessionClock _clock;
    private readonly ReceiveRate _rate;
    private readonly ConcurrentQueue<ClientMessage> _received = new();
    private readonly Queue<ServerMessage> _answers = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly StreamMessage?[] _scratch = new StreamMessage?[ScratchMessages];
    private StreamClose? _close;
    private string? _reader;
    private long _drainMs = -1;
    private bool _hasSubscribed;
    private int _turn;

    /// <summary>A connection that was just accepted.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="bounds">What it may hold and do.</param>
    /// <param name="channels">What there is to subscribe to.</param>
    /// <param name="admission">Who may read.</param>
    /// <param name="now">When.</param>
    public StreamSession(
        string name, StreamSessionBounds bounds, IChannelDirectory channels, IStreamAdmission admission,
        StreamMoment now)
    {
        (_name, _bounds, _channels, _admission) = (name, bounds, channels, admission);
        (_clock, _rate) = (new SessionClock(bounds, now.Ms), new ReceiveRate(bounds.MessagesPerSecondMax));
    }

    /// <summary>Who reads; null before the hello, empty where nobody has to say so.</summary>
    public string? Reader => Volatile.Read(ref _reader);

    /// <summary>Why it is to be closed; null as long as it is not.</summary>
    public StreamClose? Close => Volatile.Read(ref _close);

    /// <summary>There is more to be sent at once: nobody need wait for the next beat.</summary>
    public bool HasMore => _subscriptions.Exists(subscription => subscription.HasMore);

    /// <summary>Takes a message of the client, or null for bytes that are none.</summary>
    public void Receive(ClientMessage? message, StreamMoment now)
    {
        if (message is null) End(StreamClose.BadMessage);
        else if (message.MCase == ClientMessage.MOneofCase.Pong && _clock.TakePong(message.Pong.Token)) return;
        else if (!_rate.Takes(now.Ms) || _received.Count >= WaitingMessagesMax) End(StreamClose.RateLimited);
        else _received.Enqueue(message);
    }

    /// <summary>Tells the client that the host ends, and when to come back.</summary>
    public void Drain(TimeSpan reconnectAfter) =>
        Interlocked.Exchange(ref _drainMs, (long)reconnectAfter.TotalMilliseconds);

    /// <summary>Has it closed; the first reason counts.</summary>
    public void End(StreamClose close) => Interlocked.CompareExchange(ref _close, close, null);

    /// <summary>Puts into an empty frame what is to be sent now; it stays empty where there is nothing.</summary>
    public async ValueTask Fill(FrameBuffer frame, StreamMoment now, CancellationToken cancellationToken = default)
    {
        while (Close is null && _received.TryDequeue(out var message)) await Take(message, now, cancellationToken);
        if ((_clock.End(now.Ms, _hasSubscribed) ?? SlowConsumer()) is { } close) End(close);
        if (Close is not null) return;
        if (Interlocked.Exchange(ref _drainMs, -1) is var drain and >= 0)
            _answers.Enqueue(new ServerMessage { Draining = new Draining { ReconnectAfterMs = (uint)drain } });
        while (_answers.TryPeek(out var answer) && frame.TryAppend(answer)) _answers.Dequeue();
        var count = _subscriptions.Count;
        for (var i = 0; i < count && !frame.IsFull; i++)
            await FillFrom(_subscriptions[(_turn + i) % count], frame, cancellationToken);
        _turn = count == 0 ? 0 : (_turn + 1) % count; // the first place in the frame goes round
        _subscriptions.RemoveAll(subscription => subscription.IsOver);
        if (!frame.IsFull && _reader is not null) Beat(frame, now);
    }

    /// <summary>A log that cannot be read ends its subscription, and no other.</summary>
    private async ValueTask FillFrom(
        Subscription subscription, FrameBuffer frame, CancellationToken cancellationToken)
    {
        try
        {
            subscription.PageNumbersMax = Math.Max(PageNumbersMin, PageNumbersMax / _subscriptions.Count);
            await subscription.Fill(frame, _scratch, cancellationToken);
        }
        catch (ChannelUnavailableException failure)
        {
            subscription.IsOver = true;
            Refuse(subscription.Id, "channel_unavailable", failure.Message);
        }
    }

    private StreamClose? SlowConsumer()
    {
        var (numbers, bytes, most) = (0UL, 0L, -1L);
        var furthest = default(Subscription);
        foreach (var subscription in _subscriptions)
        {
            var behind = subscription.Behind;
            if (behind.Bytes > most) (furthest, most) = (subscription, behind.Bytes);
            (numbers, bytes) = (numbers + behind.Numbers, bytes + behind.Bytes);
        }
        var isSlow = numbers > (ulong)_bounds.BehindNumbersMax || bytes > _bounds.BehindBytesMax;
        return isSlow && furthest is LosslessSubscription slow ? StreamClose.SlowConsumer(slow.ResumeToken) : null;
    }

    private void Beat(FrameBuffer frame, StreamMoment now)
    {
        if (_clock.IsPingDue(now.Ms))
            frame.TryAppend(new ServerMessage { Ping = new Ping { Token = _clock.Ping(now.Ms) } });
        if (!_clock.IsBeatDue(now.Ms)) return;
        foreach (var subscription in _subscriptions) if (!subscription.TryCheck(frame)) return;
        var heartbeat = new Heartbeat { ServerTimeUs = now.UnixUs };
        foreach (var subscription in _subscriptions)
        {
            if (subscription.Position is { } position)
                heartbeat.Last.Add(new ChannelSeq { Id = subscription.Id, Seq = position });
        }
        if (frame.TryAppend(new ServerMessage { Heartbeat = heartbeat })) _clock.Beat(now.Ms);
    }
}
