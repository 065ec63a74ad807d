using System.ComponentModel.DataAnnotations;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>Section <c>Yellowstone</c>: the account stream, and what of the chain is watched.</summary>
public sealed class YellowstoneOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Yellowstone";

    /// <summary>Where the stream is served. Default http://127.0.0.1:10000, the simulator.</summary>
    [Required]
    public Uri Endpoint { get; init; } = new("http://127.0.0.1:10000");

    /// <summary>
    /// Sent as x-token where the server asks for one; never logged, and only over TLS or loopback. Default none.
    /// </summary>
    public Secret? XToken { get; init; }

    /// <summary>Programs whose pools are watched. Default none, which stands for all that are quoted here.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>
    /// Pools that are watched alone, by address, instead of every pool of the programs. Default none: every pool.
    /// </summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>Longest wait for a connection or an answer beside the stream. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time without any message after which the connection counts as dead. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait before the first attempt to connect again; doubles with each. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait between attempts to connect. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan ReconnectDelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest message in bytes; a longer one ends the connection. Default 16 MiB.</summary>
    [Range(1_024, 1 << 30)]
    public int MessageBytesMax { get; init; } = 16 << 20;

    /// <summary>
    /// Messages read and not yet taken. Beyond, reading waits, and the server holds or cuts us off. Default 65,536.
    /// </summary>
    [Range(1, 10_000_000)]
    public int BufferedMessagesMax { get; init; } = 65_536;

    /// <summary>Their bytes; beyond as <see cref="BufferedMessagesMax"/>. Default 64 MiB.</summary>
    [Range(1_024L, 1L << 36)]
    public long BufferedBytesMax { get; init; } = 64L << 20;

    /// <summary>Messages in one batch of the feed. Default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int BatchMessagesMax { get; init; } = 4_096;

    /// <summary>
    /// Accounts watched by address: vaults, mints, configs. Beyond, a pool's further accounts are not watched, so that
    /// it is never quoted. Default 262,144.
    /// </summary>
    [Range(1, 10_000_000)]
    public int WatchedAccountsMax { get; init; } = 262_144;

    /// <summary>
    /// Longest request in bytes that the server takes: what pools name is asked for by address, some 46 bytes each.
    /// Beyond as <see cref="WatchedAccountsMax"/>. Default 4 MiB, what servers of gRPC take unless told otherwise.
    /// </summary>
    [Range(4_096, 1 << 28)]
    public int RequestBytesMax { get; init; } = 4 << 20;

    /// <summary>
    /// Transactions held for whoever reads them. Beyond, the oldest is forgotten. Default 4,096; 0 asks for none.
    /// </summary>
    [Range(0, 1_000_000)]
    public int TransactionsMax { get; init; } = 4_096;

    /// <summary>Refuses what annotations cannot say.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { IsAbsoluteUri: false } or not { Scheme: "http" or "https" })
            yield return new ValidationResult($"{Section}:{nameof(Endpoint)} is no http or https address");
        else if (XToken is not null && Endpoint is { Scheme: "http", IsLoopback: false })
            yield return new ValidationResult($"{Section}:{nameof(XToken)} would leave in the clear: use https");
        foreach (var address in Programs.Concat(Pools).Where(address => !Pubkey.TryParse(address, out _)))
            yield return new ValidationResult($"{Section}: '{address}' is no address");
        if (Pools.Count > RequestBytesMax / SubscriptionSize.OfPoolMax)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Pools)} names {Pools.Count} pools, too many for {RequestBytesMax} bytes of request:"
                + $" name at most {RequestBytesMax / SubscriptionSize.OfPoolMax}, or raise {nameof(RequestBytesMax)} if"
                + " the server takes more");
        }
    }
}
