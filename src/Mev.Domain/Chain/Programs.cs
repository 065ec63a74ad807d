namespace Mev.Domain.Chain;

/// <summary>Addresses of on-chain programs (public documentation of Orca, Raydium, Meteora, Pump and SPL).</summary>
public static class Programs
{
    /// <summary>Orca Whirlpool.</summary>
    public static Pubkey Whirlpool { get; } = Pubkey.Parse("whirLbMiicVdio4qvUfM5KAg6Ct8VwpYzGff3uctyCc");

    /// <summary>Raydium AMM v4.</summary>
    public static Pubkey RaydiumAmmV4 { get; } = Pubkey.Parse("675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8");

    /// <summary>Raydium CPMM.</summary>
    public static Pubkey RaydiumCpmm { get; } = Pubkey.Parse("CPMMoo8L3F4NbTegBCKVNunggL7H1ZpdTHKxQB5qKP1C");

    /// <summary>Meteora DAMM v2.</summary>
    public static Pubkey MeteoraDammV2 { get; } = Pubkey.Parse("cpamdpZCGKUy5JxQXB4dcpGPiikHawvSWAd6mEn1sGG");

    /// <summary>Orca token-swap.</summary>
    public static Pubkey OrcaTokenSwap { get; } = Pubkey.Parse("9W959DqEETiGZocYWCQPaJ6sBmUzgfxXfqGeTEdp3aQP");

    /// <summary>PumpSwap.</summary>
    public static Pubkey PumpSwap { get; } = Pubkey.Parse("pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA");

    /// <summary>The program that holds the fees of PumpSwap.</summary>
    public static Pubkey PumpFees { get; } = Pubkey.Parse("pfeeUxB6jkeY1Hxd7CsFCAjcbHA9rWtchMGdZ6VojVZ");

    /// <summary>The bonding curve whose coins move on to PumpSwap.</summary>
    public static Pubkey PumpCurve { get; } = Pubkey.Parse("6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P");

    /// <summary>SPL Token.</summary>
    public static Pubkey Token { get; } = Pubkey.Parse("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");

    /// <summary>SPL Token-2022.</summary>
    public static Pubkey Token2022 { get; } = Pubkey.Parse("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");

    /// <summary>The clock sysvar: slot u64 at 0, epoch u64 at 16, unix time i64 at 32.</summary>
    public static Pubkey ClockSysvar { get; } = Pubkey.Parse("SysvarC1ock11111111111111111111111111111111");
}
