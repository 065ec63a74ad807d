namespace Mev.Streaming.Connections;

/// <summary>Why a connection is closed: code and text of a WebSocket's close frame.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Reason">At most 123 bytes.</param>
public sealed record StreamClose(int Code, string Reason)
{
    /// <summary>Neither hello nor a subscription in time.</summary>
    public static StreamClose HelloTimeout { get; } = new(4001, "hello_timeout");

    /// <summary>Another version of the protocol.</summary>
    public static StreamClose ProtocolVersion { get; } = new(4002, "protocol_version");

    /// <summary>The ticket is not there, was used, is over or somebody else's.</summary>
    public static StreamClose TicketInvalid { get; } = new(4003, "ticket_invalid");

    /// <summary>The reader's key or role is gone.</summary>
    public static StreamClose SessionRevoked { get; } = new(4004, "session_revoked");

    /// <summary>It was open for as long as one may be.</summary>
    public static StreamClose MaxAge { get; } = new(4005, "max_age");

    /// <summary>Too many messages or channels of the client.</summary>
    public static StreamClose RateLimited { get; } = new(4006, "rate_limited");

    /// <summary>What the client sent is no message of the protocol.</summary>
    public static StreamClose BadMessage { get; } = new(4007, "bad_message");

    /// <summary>The host ends.</summary>
    public static StreamClose Draining { get; } = new(4009, "draining");

    /// <summary>A ping was not answered.</summary>
    public static StreamClose NoPong { get; } = new(4010, "no_pong");

    /// <summary>The client does not keep up; with the place from which it loses nothing.</summary>
    internal static StreamClose SlowConsumer(string resumeToken) => new(4008, $"slow_consumer {resumeToken}");
}
