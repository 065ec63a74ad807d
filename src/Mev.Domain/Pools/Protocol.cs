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
}
