using Mev.Domain.Limits;
using Mev.Streaming.Channels;
using Mev.Streaming.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mev.Gateway.Streams;

/// <summary>
/// The clients of this host and the beat that they live by: at each flush interval it publishes what became durable and
/// wakes them where there is something for them. At the end of the host it tells them to go elsewhere.
/// </summary>
internal sealed class StreamHub(
    StreamChannels channels, StreamInstruments instruments, IStreamAdmission admission,
    IOptions<StreamOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan IdleBeat = TimeSpan.FromMilliseconds(250); // timers of connections
    private static readonly TimeSpan ReaderInterval = TimeSpan.FromMilliseconds(500); // revoked is closed within 1 s
    private static readonly TimeSpan TrimInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<StreamSession> _sessions = [];
    private TaskCompletionSource _beat = NewBeat();
    private long _refused;
    private int _clients; // with those that are about to be accepted
    private Task _draining = Task.CompletedTask;
    private bool _isEnding;
    private bool _isTold;

    /// <summary>Now, as sessions have it.</summary>
    public StreamMoment Now => new(
        (long)time.GetElapsedTime(0).TotalMilliseconds,
        (ulong)((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>Ends with the next beat.</summary>
    public Task NextBeat => Volatile.Read(ref _beat).Task;

    /// <summary>Clients at the moment.</summary>
    public int Clients => Volatile.Read(ref _clients);

    /// <summary>Has clients woken at the next beat: something was published that no log tells.</summary>
    public void Tell() => Volatile.Write(ref _isTold, true);

    /// <summary>A place for one more client; false when all are taken or the host ends.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_isEnding) return false;
            if (_clients >= options.Value.ClientsMax)
            {
                _refused++;
                return false;
            }
            _clients++;
            return true;
        }
    }

    /// <summary>The session of a client that has a place.</summary>
    public void Add(StreamSession session)
    {
        lock (_gate) _sessions.Add(session);
        instruments.Entered();
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(StreamSession? session)
    {
        lock (_gate)
        {
            _clients--;
            if (session is null || !_sessions.Remove(session)) return;
        }
        instruments.Left(session.Close);
    }

    /// <summary>The sessions at the moment.</summary>
    private StreamSession[] Sessions()
    {
        lock (_gate) return [.. _sessions];
    }

    /// <summary>The bounded places of streams, with their counts.</summary>
    public IEnumerable<LimitCount> Limits() =>
    [
        new("stream.clients", options.Value.ClientsMax, AtLimit.Refuse, Interlocked.Read(ref _refused)),
        new("stream.behind", options.Value.BehindBytesMax, AtLimit.Disconnect, instruments.Slow),
        new("stream.requests", new StreamSessionBounds().MessagesPerSecondMax, AtLimit.Disconnect, instruments.Loud),
        new(
            "stream.keys", ConflatedChannel.KeysMax, AtLimit.LeaveOut,
            channels.States.Sum(channel => channel.LeftOut)),
    ];

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // The server waits for its connections before any service is stopped.
        lifetime.ApplicationStopping.Register(() => _draining = Drain());
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _draining;
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.FlushInterval, time);
        var (beaten, trimmed, asked) = (time.GetTimestamp(), time.GetTimestamp(), time.GetTimestamp());
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Clients == 0)
            {
                await channels.Forget(() => Clients == 0, stoppingToken);
                continue;
            }
            var isNew = await channels.Advance(Now.Ms, stoppingToken) | Interlocked.Exchange(ref _isTold, false);
            if (time.GetElapsedTime(trimmed) >= TrimInterval)
            {
                channels.Trim(Now.Ms);
                trimmed = time.GetTimestamp();
            }
            if (time.GetElapsedTime(asked) >= ReaderInterval)
            {
                isNew |= await EndRevoked(stoppingToken);
                asked = time.GetTimestamp();
            }
            if (!isNew && time.GetElapsedTime(beaten) < IdleBeat) continue;
            Beat();
            beaten = time.GetTimestamp();
        }
    }

    /// <summary>Closes the streams of those who may read no longer; whether there were any.</summary>
    private async ValueTask<bool> EndRevoked(CancellationToken cancellationToken)
    {
        await admission.Refresh(cancellationToken);
        var hasEnded = false;
        foreach (var session in Sessions())
        {
            if (session.Reader is not { } reader || admission.Holds(reader)) continue;
            session.End(StreamClose.SessionRevoked);
            hasEnded = true;
        }
        return hasEnded;
    }

    /// <summary>Tells clients to go elsewhere, and closes them one after the other over the time for it.</summary>
    private async Task Drain()
    {
        lock (_gate) _isEnding = true;
        var (drain, sessions) = (options.Value.DrainTime, Sessions());
        foreach (var session in sessions) session.Drain(drain);
        Beat();
        foreach (var session in sessions)
        {
            await Task.Delay(drain / sessions.Length, time, CancellationToken.None);
            session.End(StreamClose.Draining);
            Beat();
        }
    }

    private static TaskCompletionSource NewBeat() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Beat() => Interlocked.Exchange(ref _beat, NewBeat()).TrySetResult();
}
