namespace Mev.Adapters.Solana.Recordings;

/// <summary>Which recording is read, and how fast.</summary>
public sealed record RecordingSource
{
    /// <summary>
    /// The replay file (JSON lines, gzip or plain), or a folder with one replay and its
    /// <c>*.initial-accounts.jsonl</c>.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The startup accounts (JSON lines, gzip or plain). Default: beside the replay, by its name.</summary>
    public string? InitialAccounts { get; init; }

    /// <summary>Times real time by the recorded block times; 0 is as fast as possible. Default 0.</summary>
    public double Speed { get; init; }
}
