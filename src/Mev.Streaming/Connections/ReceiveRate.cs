namespace Mev.Streaming.Connections;

/// <summary>So many messages in a second, counted from the first of them. For one caller at a time.</summary>
internal sealed class ReceiveRate(int perSecond)
{
    private const int SecondMs = 1_000;

    private long _startedMs;
    private int _count;

    /// <summary>Whether a further one is within it.</summary>
    public bool Takes(long nowMs)
    {
        if (_count == 0 || nowMs - _startedMs >= SecondMs) (_startedMs, _count) = (nowMs, 0);
        return ++_count <= perSecond;
    }
}
