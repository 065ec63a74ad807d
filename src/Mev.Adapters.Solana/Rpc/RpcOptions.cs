using System.ComponentModel.DataAnnotations;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>Section <c>Rpc</c>: the node that is asked for snapshots, blockhashes and statuses.</summary>
public sealed class RpcOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Rpc";

    /// <summary>Where JSON-RPC is served. Default http://127.0.0.1:8899, the simulator.</summary>
    [Required]
    public Uri Endpoint { get; init; } = new("http://127.0.0.1:8899");

    /// <summary>Sent as a bearer token where the node asks for one; never logged. Default none.</summary>
    public Secret? AccessToken { get; init; }

    /// <summary>Longest wait for one answer, its body included. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest answer in bytes; a longer one is refused, not read. Default 512 MiB.</summary>
    [Range(1_024, 2_000_000_000)]
    public int ResponseBytesMax { get; init; } = 512 << 20;

    /// <summary>Attempts for one request, the first included. Default 5.</summary>
    [Range(1, 100)]
    public int AttemptsMax { get; init; } = 5;

    /// <summary>Wait after the first failed attempt; doubles with each. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Longest wait between attempts, also where the node names a longer one with 429: the request fails then.
    /// Default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(10);
}
