namespace Mev.Streaming.Connections;

/// <summary>What a connection owes and may expect over time. Pongs come from another thread than the rest.</summary>
internal sealed class SessionClock(StreamSessionBounds bounds, long startedMs)
{
    private readonly long _helloMs = startedMs + (long)bounds.HelloTimeout.TotalMilliseconds;
    private readonly long _endMs = startedMs + (long)bounds.AgeMax.TotalMilliseconds;
    private long _beatMs = startedMs;
    private long _pingMs = startedMs;
    private ulong _token;
    private ulong _answered;

    /// <summary>Why it is over by now; null when it is not.</summary>
    public StreamClose? End(long nowMs, bool hasSubscribed)
    {
        if (!hasSubscribed && nowMs >= _helloMs) return StreamClose.HelloTimeout;
        if (nowMs >= _endMs) return StreamClose.MaxAge;
        var isWaiting = _token > 0 && Volatile.Read(ref _answered) < _token;
        return isWaiting && nowMs - _pingMs >= bounds.PongTimeout.TotalMilliseconds ? StreamClose.NoPong : null;
    }

    public bool IsBeatDue(long nowMs) => nowMs - _beatMs >= bounds.HeartbeatInterval.TotalMilliseconds;

    public void Beat(long nowMs) => _beatMs = nowMs;

    public bool IsPingDue(long nowMs) => nowMs - _pingMs >= bounds.PingInterval.TotalMilliseconds;

    /// <summary>The token of a ping that is sent now.</summary>
    public ulong Ping(long nowMs)
    {
        _pingMs = nowMs;
        return Interlocked.Increment(ref _token);
    }

    /// <summary>Whether it answers the ping that waits.</summary>
    public bool TakePong(ulong token)
    {
        if (token == 0 || token != Volatile.Read(ref _token) || token == _answered) return false;
        Volatile.Write(ref _answered, token);
        return true;
    }
}
