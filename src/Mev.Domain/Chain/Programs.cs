namespace Mev.Domain.Chain;

/// <summary>Addresses of on-chain programs (specs: Orca, Raydium and SPL public documentation).</summary>
public static class Programs
{
    /// <summary>Orca Whirlpool.</summary>
    public static Pubkey Whirlpool { get; } = Pubkey.Parse("whirLbMiicVdio4qvUfM5KAg6Ct8VwpYzGff3uctyCc");

    /// <summary>Raydium AMM v4.</summary>
    public static Pubkey RaydiumAmmV4 { get; } = Pubkey.Parse("675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8");

    /// <summary>Raydium CPMM.</summary>
    public static Pubkey RaydiumCpmm { get; } = Pubkey.Parse("CPMMoo8L3F4NbTegBCKVNunggL7H1ZpdTHKxQB5qKP1C");

    /// <summary>Raydium CLMM.</summary>
    public static Pubkey RaydiumClmm { get; } = Pubkey.Parse("CAMMCzo5YL8w4VFF8KVHrK22GGUsp5VTaW7grrKgrWqK");

    /// <summary>SPL Token.</summary>
    public static Pubkey Token { get; } = Pubkey.Parse("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");

    /// <summary>SPL Token-2022.</summary>
    public static Pubkey Token2022 { get; } = Pubkey.Parse("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");

    /// <summary>The clock sysvar: slot u64 at 0, epoch u64 at 16, unix time i64 at 32.</summary>
    public static Pubkey ClockSysvar { get; } = Pubkey.Parse("SysvarC1ock11111111111111111111111111111111");
}
