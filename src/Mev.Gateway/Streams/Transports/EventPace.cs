namespace Mev.Gateway.Streams.Transports;

/// <summary>
/// Bounds the events of one connection: in no second more than <see cref="PerSecondMax"/>, however few come at a time.
/// </summary>
internal sealed class EventPace(TimeProvider time)
{
    /// <summary>Events of a connection in a second.</summary>
    public const int PerSecondMax = 100;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly long[] _sentAt = new long[PerSecondMax]; // of the newest, by the clock's time stamps
    private long _sent;

    /// <summary>How long the next event has to wait; nothing or less: not at all.</summary>
    public TimeSpan Wait => _sent < PerSecondMax
        ? TimeSpan.Zero
        : Second - time.GetElapsedTime(_sentAt[_sent % PerSecondMax]); // of the hundredth before it

    /// <summary>One was sent.</summary>
    public void Sent() => _sentAt[_sent++ % PerSecondMax] = time.GetTimestamp();
}
