namespace Mev.Streaming.Connections;

/// <summary>What one connection may hold and do.</summary>
public sealed record StreamSessionBounds
{
    /// <summary>Bytes of the live end that it may be behind.</summary>
    public long BehindBytesMax { get; init; } = 4L << 20;

    /// <summary>Numbers of the live end that it may be behind.</summary>
    public long BehindNumbersMax { get; init; } = 65_536;

    /// <summary>Subscriptions.</summary>
    public int ChannelsMax { get; init; } = 1_024;

    /// <summary>Of them those of one channel, with other filters each.</summary>
    public int OfChannelMax { get; init; } = 4;

    /// <summary>Messages that it may send in a second.</summary>
    public int MessagesPerSecondMax { get; init; } = 5;

    /// <summary>How long it may be silent at first.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it may stay.</summary>
    public TimeSpan AgeMax { get; init; } = TimeSpan.FromHours(24);

    /// <summary>From one heartbeat to the next, and one check.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From one ping to the next.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a pong may take.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
