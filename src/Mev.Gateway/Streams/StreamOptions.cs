using System.ComponentModel.DataAnnotations;

namespace Mev.Gateway.Streams;

/// <summary>Section <c>Streams</c>: what clients of streams may take.</summary>
public sealed class StreamOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Streams";

    /// <summary>Clients at a time, of all transports; more are refused with 503. Default 256.</summary>
    [Range(1, 10_000)]
    public int ClientsMax { get; init; } = 256;

    /// <summary>Connections that an address may open in five minutes; more are refused with 429. Default 300.</summary>
    [Range(1, 1_000_000)]
    public int ConnectsPerFiveMinutes { get; init; } = 300;

    /// <summary>
    /// Bytes of the live end that a client may be behind; beyond, it is closed with the place to go on from.
    /// Default 4 MiB, at most 8 MiB.
    /// </summary>
    [Range(1 << 16, 1 << 23)]
    public int BehindBytesMax { get; init; } = 4 << 20;

    /// <summary>How long a frame is collected before it is sent. Default 5 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How long sending one frame may take; then the connection ends. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Over which time clients are told to go when the host ends. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Pages of these origins, as in https://desk.example, may open a stream from a browser. Default none but the
    /// host's own pages.
    /// </summary>
    [MaxLength(16)]
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];
}
