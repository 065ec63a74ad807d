namespace Mev.Domain.Chain;

/// <summary>What tells one network from another: the hash of its first block (<c>getGenesisHash</c>).</summary>
public static class Genesis
{
    /// <summary>Mainnet's (public documentation of Solana's clusters).</summary>
    public static Blockhash Mainnet { get; } = Blockhash.TryParse(
        "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d", out var hash) ? hash : throw new FormatException("genesis");
}
