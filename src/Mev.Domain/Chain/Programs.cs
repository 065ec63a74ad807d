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

    /// <summary>Raydium CLMM.</summary>
    public static Pubkey RaydiumClmm { get; } = Pubkey.Parse("CAMMCzo5YL8w4VFF8KVHrK22GGUsp5VTaW7grrKgrWqK");

    /// <summary>Meteora DLMM.</summary>
    public static Pubkey MeteoraDlmm { get; } = Pubkey.Parse("LBUZKhRxPF3XUpBCjp4YzTKgLccjZhTSDM9YuVaPwxo");

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

    /// <summary>Creates associated token accounts.</summary>
    public static Pubkey AssociatedToken { get; } = Pubkey.Parse("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");

    /// <summary>The system program: plain accounts, transfers of lamports, durable nonces.</summary>
    public static Pubkey System { get; }

    /// <summary>Sets what a transaction may use and pays for it.</summary>
    public static Pubkey ComputeBudget { get; } = Pubkey.Parse("ComputeBudget111111111111111111111111111111");

    /// <summary>The block engine's program that holds tips (public documentation of Jito).</summary>
    public static Pubkey TipPayment { get; } = Pubkey.Parse("T1pyyaTNZsKv2WcRAB8oVnk93mLJw2XzjtVYqCsaHqt");

    /// <summary>Votes of validators.</summary>
    public static Pubkey Vote { get; } = Pubkey.Parse("Vote111111111111111111111111111111111111111");

    /// <summary>Address lookup tables.</summary>
    public static Pubkey AddressLookupTable { get; } = Pubkey.Parse("AddressLookupTab1e1111111111111111111111111");

    /// <summary>Notes in the log, which transfers of some Token-2022 mints must carry.</summary>
    public static Pubkey Memo { get; } = Pubkey.Parse("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");

    /// <summary>The clock sysvar: slot u64 at 0, epoch u64 at 16, unix time i64 at 32.</summary>
    public static Pubkey ClockSysvar { get; } = Pubkey.Parse("SysvarC1ock11111111111111111111111111111111");
}
