namespace Mev.Domain.Pools;

/// <summary>The AMM programs whose swaps are quoted exactly.</summary>
public enum Protocol
{
    /// <summary>No known program.</summary>
    Unknown = 0,

    /// <summary>Orca Whirlpool (concentrated liquidity).</summary>
    Whirlpool = 1,

    /// <summary>Raydium AMM v4 (constant product).</summary>
    RaydiumAmmV4 = 2,

    /// <summary>Raydium CPMM (constant product, Token-2022).</summary>
    RaydiumCpmm = 3,

    /// <summary>Raydium CLMM (concentrated liquidity, classic pools).</summary>
    RaydiumClmm = 4,

    /// <summary>Meteora DLMM (bins of fixed prices, dynamic fee, limit orders, Token-2022).</summary>
    MeteoraDlmm = 5,

    /// <summary>Meteora DAMM v2 (one range of prices, dynamic fee).</summary>
    MeteoraDammV2 = 6,

    /// <summary>Orca token-swap (constant product and stable).</summary>
    OrcaTokenSwap = 7,

    /// <summary>PumpSwap (constant product, fees by market capitalisation).</summary>
    PumpSwap = 8,
}
