namespace Mev.Domain.Pools.RaydiumCpmm;

/// <summary>
/// Byte offsets of the Raydium CPMM accounts (public source of the program; integers are u64 unless said). Rates are in
/// millionths.
/// </summary>
public static class RaydiumCpmmLayout
{
    /// <summary>Bytes of a pool account.</summary>
    public const int PoolLength = 637;

    /// <summary>Pool: address of its config.</summary>
    public const int Config = 8;

    /// <summary>Pool: address of vault 0.</summary>
    public const int Vault0 = 72;

    /// <summary>Pool: address of vault 1.</summary>
    public const int Vault1 = 104;

    /// <summary>Pool: address of mint 0 (mint A).</summary>
    public const int Mint0 = 168;

    /// <summary>Pool: address of mint 1 (mint B).</summary>
    public const int Mint1 = 200;

    /// <summary>Pool: token program of mint 0.</summary>
    public const int Program0 = 232;

    /// <summary>Pool: token program of mint 1.</summary>
    public const int Program1 = 264;

    /// <summary>Pool: status bits, u8.</summary>
    public const int Status = 329;

    /// <summary>Bit of <see cref="Status"/>: swaps are switched off.</summary>
    public const byte SwapDisabled = 4;

    /// <summary>Pool: decimals of mint 0, u8.</summary>
    public const int Decimals0 = 331;

    /// <summary>Pool: decimals of mint 1, u8.</summary>
    public const int Decimals1 = 332;

    /// <summary>Pool: owed to the protocol in token 0; token 1 follows.</summary>
    public const int ProtocolOwed = 341;

    /// <summary>Pool: owed to the fund in token 0; token 1 follows.</summary>
    public const int FundOwed = 357;

    /// <summary>Pool: unix time from which swaps are possible.</summary>
    public const int OpenTime = 373;

    /// <summary>Pool: epoch of the last change.</summary>
    public const int RecentEpoch = 381;

    /// <summary>Pool: where the creator's fee is taken, u8: 0 input, 1 token 0, 2 token 1.</summary>
    public const int CreatorFeeOn = 389;

    /// <summary>Pool: whether the creator's fee is taken at all, u8.</summary>
    public const int CreatorFeeEnabled = 390;

    /// <summary>Pool: owed to the creator in token 0; token 1 follows.</summary>
    public const int CreatorOwed = 397;

    /// <summary>Bytes of a config account.</summary>
    public const int ConfigLength = 236;

    /// <summary>Config: rate of the trade fee.</summary>
    public const int TradeRate = 12;

    /// <summary>Config: the protocol's share of the trade fee.</summary>
    public const int ProtocolRate = 20;

    /// <summary>Config: the fund's share of the trade fee.</summary>
    public const int FundRate = 28;

    /// <summary>Config: rate of the creator's fee.</summary>
    public const int CreatorRate = 108;

    /// <summary>First eight bytes of a pool account.</summary>
    public static ReadOnlySpan<byte> PoolDiscriminator => [0xf7, 0xed, 0xe3, 0xf5, 0xd7, 0xc3, 0xde, 0x46];

    /// <summary>First eight bytes of a config account.</summary>
    public static ReadOnlySpan<byte> ConfigDiscriminator => [0xda, 0xf4, 0x21, 0x68, 0xcb, 0xcb, 0x2b, 0x6f];
}
