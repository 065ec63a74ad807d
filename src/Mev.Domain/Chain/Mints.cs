namespace Mev.Domain.Chain;

/// <summary>Addresses of mints that the platform names itself.</summary>
public static class Mints
{
    /// <summary>Wrapped SOL; one unit is one lamport. Cycles that are decided upon start and end here.</summary>
    public static Pubkey Wsol { get; } = Pubkey.Parse("So11111111111111111111111111111111111111112");

    /// <summary>USD Coin.</summary>
    public static Pubkey Usdc { get; } = Pubkey.Parse("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v");
}
