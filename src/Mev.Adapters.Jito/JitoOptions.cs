using System.ComponentModel.DataAnnotations;
using Mev.Adapters.Solana;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Jito;

/// <summary>Section <c>Jito</c>: the block engine. No address of it is compiled in.</summary>
public sealed class JitoOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Jito";

    /// <summary>
    /// Regions, the first of which is home: it is asked for tip accounts. Default none: refused.
    /// </summary>
    [MinLength(1, ErrorMessage = "Jito:Regions names no block engine: set Jito:Regions:0:Name and Endpoint")]
    [MaxLength(32), ValidateEnumeratedItems]
    public IReadOnlyList<JitoRegionOptions> Regions { get; init; } = [];

    /// <summary>
    /// The host that passes bundles on to any region, with a rate of its own; takes what is for a leader that is far
    /// or of a region that is not configured. Default none: such a bundle is not sent, with the cause NoLeader.
    /// </summary>
    [ValidateObjectMembers]
    public JitoRegionOptions? Global { get; init; }

    /// <summary>How bundles are handed over. Default JsonRpc.</summary>
    [AllowedValues(EngineProtocol.JsonRpc, EngineProtocol.Grpc, EngineProtocol.JsonRpcTransaction)]
    public EngineProtocol Protocol { get; init; } = EngineProtocol.JsonRpc;

    /// <summary>Sent as x-jito-auth, never in an address or over a clear line. Default none: sends need none.</summary>
    public Secret? AuthUuid { get; init; }

    /// <summary>Keypair file of a key that the engine has approved, for gRPC. Default none: sends need none.</summary>
    public string? SearcherKeyFile { get; init; }

    /// <summary>Longest wait for a connection. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Longest wait for an answer; after it nobody knows whether a bundle was received. Default 500 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:05")]
    public TimeSpan SubmitTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Longest answer in bytes; a longer one is not read. Default 4 MiB: the leaders of an epoch take some 2 MB.
    /// </summary>
    [Range(1_024, 1 << 26)]
    public int AnswerBytesMax { get; init; } = 4 << 20;

    /// <summary>
    /// Time between two requests to a region, whatever their method. Default 1.1 s, since the engine allows 1 a second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RequestInterval { get; init; } = TimeSpan.FromMilliseconds(1_100);

    /// <summary>
    /// How long a region is closed after a refusal for its rate without a time; doubles. Default 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ClosedMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest such time. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan ClosedMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Bundles on their way to the engine at once; beyond, one is refused as NoTurn. Default 16.
    /// </summary>
    [Range(1, 1_024)]
    public int SubmissionsInFlightMax { get; init; } = 16;

    /// <summary>Attempts to hand over one bundle, always the same bytes, the first included. Default 2.</summary>
    [Range(1, 10)]
    public int SendAttemptsMax { get; init; } = 2;

    /// <summary>
    /// Bundles that are watched until the chain has decided; beyond, one is refused as NoTurn. Default 1,024.
    /// </summary>
    [Range(1, 100_000)]
    public int WatchedMax { get; init; } = 1_024;

    /// <summary>
    /// Bundles remembered after the chain has decided, for late results and second submissions; beyond, the oldest is
    /// forgotten. Default 16,384.
    /// </summary>
    [Range(1, 1_000_000)]
    public int DecidedMax { get; init; } = 16_384;

    /// <summary>Time between two looks at the chain. Default 400 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// How long an engine's word waits for others that contradict it before it is an outcome; the chain's word waits
    /// for nothing. Default 500 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SettleDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Age at which the engine is asked once for a bundle of which nothing was heard. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan InflightAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Received bundles in a row without any trace that raise the suspicion of a silent penalty. Default 10.
    /// </summary>
    [Range(2, 10_000)]
    public int ShadowDropsMin { get; init; } = 10;

    /// <summary>
    /// Bundles of a region in a row that chain or engine know and its results stream never spoke of, which raise the
    /// alert that it is silent. Default 3: single events may be missing.
    /// </summary>
    [Range(1, 10_000)]
    public int SilentResultsMin { get; init; } = 3;

    /// <summary>
    /// Faults of ours among the last 200 outcomes (malformed, failed for no reason that is known or on the chain where
    /// no fork explains it, a broken invariant) at which sending ends and trading is stopped. Default 5.
    /// </summary>
    [Range(1, 200)]
    public int FaultsMax { get; init; } = 5;

    /// <summary>A leader at most so many slots ahead is sent to. Default 8.</summary>
    [Range(1, 1_000)]
    public int LeaderHorizonSlots { get; init; } = 8;

    /// <summary>
    /// Time between two questions for the leaders of the epoch, and from which on without a slot of the feed the engine
    /// is asked for it. Each takes the turn of a send where there is one region alone. Default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan LeaderInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Age at which leaders, or the slot, are not trusted any more. Default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan LeaderAgeMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Shortest wait before the results stream is opened again; doubles. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest such wait. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan ReconnectDelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where landed tips are published over HTTP. Default none: tips are not compared.</summary>
    public Uri? TipFloor { get; init; }

    /// <summary>Where they are published as a stream (ws or wss). Default none: they are asked for.</summary>
    public Uri? TipStream { get; init; }

    /// <summary>Time between two questions for landed tips. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan TipFloorInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Age at which landed tips are marked as stale; the last ones stay. Default 120 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan TipFloorAgeMax { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Refuses what annotations cannot say.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var isSecret = AuthUuid is not null || SearcherKeyFile is not null;
        List<JitoRegionOptions> regions = Global is null ? [.. Regions] : [.. Regions, Global];
        foreach (var region in regions)
        {
            var grpc = region.GrpcEndpoint ?? region.Endpoint;
            if (!IsAddress(region.Endpoint, "http", "https") || !IsAddress(grpc, "http", "https"))
                yield return new ValidationResult($"{Section}: an endpoint of '{region.Name}' is no http address");
            else if (isSecret && (IsClear(region.Endpoint) || IsClear(grpc)))
                yield return new ValidationResult($"{Section}: a secret would go to '{region.Name}' in the clear");
        }
        if (regions.DistinctBy(region => region.Name).Count() < regions.Count)
            yield return new ValidationResult($"{Section}: a region is named twice");
        if (TipFloor is not null && !IsAddress(TipFloor, "http", "https"))
            yield return new ValidationResult($"{Section}:{nameof(TipFloor)} is no http address");
        if (TipStream is not null && !IsAddress(TipStream, "ws", "wss"))
            yield return new ValidationResult($"{Section}:{nameof(TipStream)} is no ws address");
        if (ClosedMax < ClosedMin || ReconnectDelayMax < ReconnectDelay)
            yield return new ValidationResult($"{Section}: a longest wait is shorter than the shortest");
        if (LeaderAgeMax < LeaderInterval)
            yield return new ValidationResult($"{Section}:{nameof(LeaderAgeMax)} is shorter than the interval");
    }

    private static bool IsAddress(Uri address, params string[] schemes) =>
        address.IsAbsoluteUri && schemes.Contains(address.Scheme);

    private static bool IsClear(Uri address) => address is { Scheme: "http", IsLoopback: false };
}
