using System.ComponentModel.DataAnnotations;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// Section <c>BlockEngine</c>: where the block engine is served and by which laws it decides. Each region has a port of
/// JSON-RPC and one of gRPC, counted up from the first in the order of <see cref="Regions"/>.
/// </summary>
public sealed class BlockEngineOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "BlockEngine";

    /// <summary>Names of the regions. Default none named, which is frankfurt alone.</summary>
    [MaxLength(16)]
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Loopback port of the first region's JSON-RPC (HTTP/1.1); 0 for any. Default 11000.</summary>
    [Range(0, 65_000)]
    public int HttpPort { get; init; } = 11_000;

    /// <summary>Loopback port of the first region's gRPC (h2c); 0 for any. Default 12000.</summary>
    [Range(0, 65_000)]
    public int GrpcPort { get; init; } = 12_000;

    /// <summary>Requests in a second from one address to one region, of all methods together. Default 1.</summary>
    [Range(1, 10_000)]
    public int RequestsPerSecond { get; init; } = 1;

    /// <summary>The same for requests that carry a key. Default 5.</summary>
    [Range(1, 10_000)]
    public int AuthenticatedRequestsPerSecond { get; init; } = 5;

    /// <summary>Share of leaders that are connected to the engine, published as .80 to .95. Default 0.89.</summary>
    [Range(0.0, 1.0)]
    public double ConnectedShare { get; init; } = 0.89;

    /// <summary>
    /// Slots that a bundle waits for a connected leader of its region; without one it is dropped. Default 8.
    /// </summary>
    [Range(0, 64)]
    public int LeaderHorizonSlots { get; init; } = 8;

    /// <summary>
    /// Added to the published chance that a forwarded bundle lands (.49 to .86 by compute units). Default 0.
    /// </summary>
    [Range(-1.0, 1.0)]
    public double LandingShift { get; init; }

    /// <summary>Who bids against the bundles that are sent. Default documented.</summary>
    public RivalProfile Rivals { get; init; } = RivalProfile.Documented;

    /// <summary>Time between two messages of the stream of landed tips. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan TipStreamInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bundles that are remembered; beyond, the oldest is not known any more. Default 65,536.</summary>
    [Range(1, 10_000_000)]
    public int BundlesMax { get; init; } = 65_536;

    /// <summary>Bytes of requests that are kept with their times; the oldest go first. Default 64 MiB.</summary>
    [Range(0, 1 << 30)]
    public int ReceivedBytesMax { get; init; } = 64 << 20;

    /// <summary>Streams of results of one identity; a further one is refused. Default 20.</summary>
    [Range(1, 1_000)]
    public int ResultStreamsMax { get; init; } = 20;

    /// <summary>How long an access token holds. Default 30 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AccessTokenLife { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a refresh token holds. Default 6 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan RefreshTokenLife { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Public keys that may authenticate, base58; empty for all. Default empty.</summary>
    public IReadOnlyList<string> ApprovedKeys { get; init; } = [];
}
