using System.ComponentModel.DataAnnotations;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>Which recording is read, and how fast.</summary>
public sealed class RecordingFeedOptions
{
    /// <summary>
    /// The replay file (JSON lines, gzip or plain), or a folder with one replay and its
    /// <c>*.initial-accounts.jsonl</c>. No default.
    /// </summary>
    [Required]
    public string Path { get; init; } = "";

    /// <summary>The startup accounts (JSON lines, gzip or plain). Default: beside the replay, by its name.</summary>
    public string? InitialAccounts { get; init; }

    /// <summary>Times real time by the recorded block times; 0 is as fast as possible. Default 0.</summary>
    [Range(0.0, 1_000_000.0)]
    public double Speed { get; init; }
}
