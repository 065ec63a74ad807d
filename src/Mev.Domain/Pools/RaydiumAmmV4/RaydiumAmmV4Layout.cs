namespace Mev.Domain.Pools.RaydiumAmmV4;

/// <summary>
/// Byte offsets of a Raydium AMM v4 pool account (public source of the program; integers are u64 unless said). There is
/// no discriminator: owner and length tell it.
/// </summary>
public static class RaydiumAmmV4Layout
{
    /// <summary>Bytes of the account.</summary>
    public const int Length = 752;

    /// <summary>Status; see the constants named after it.</summary>
    public const int Status = 0;

    /// <summary>Decimals of the coin mint.</summary>
    public const int CoinDecimals = 32;

    /// <summary>Decimals of the pc mint.</summary>
    public const int PcDecimals = 40;

    /// <summary>Numerator of the swap fee.</summary>
    public const int SwapFeeNumerator = 176;

    /// <summary>Denominator of the swap fee.</summary>
    public const int SwapFeeDenominator = 184;

    /// <summary>Coins in the vault that are owed to the program's owner.</summary>
    public const int NeedTakePnlCoin = 192;

    /// <summary>Pc in the vault that is owed to the program's owner.</summary>
    public const int NeedTakePnlPc = 200;

    /// <summary>Unix time at which a waiting pool opens.</summary>
    public const int OpenTime = 224;

    /// <summary>Coins swapped in so far, u128.</summary>
    public const int CoinIn = 256;

    /// <summary>Pc swapped out so far, u128.</summary>
    public const int PcOut = 272;

    /// <summary>Swap fees taken in pc so far.</summary>
    public const int PcFees = 288;

    /// <summary>Pc swapped in so far, u128.</summary>
    public const int PcIn = 296;

    /// <summary>Coins swapped out so far, u128.</summary>
    public const int CoinOut = 312;

    /// <summary>Swap fees taken in coins so far.</summary>
    public const int CoinFees = 328;

    /// <summary>Address of the coin vault.</summary>
    public const int CoinVault = 336;

    /// <summary>Address of the pc vault.</summary>
    public const int PcVault = 368;

    /// <summary>Address of the coin mint (mint A).</summary>
    public const int CoinMint = 400;

    /// <summary>Address of the pc mint (mint B).</summary>
    public const int PcMint = 432;

    /// <summary>Epoch of the last change.</summary>
    public const int RecentEpoch = 736;

    /// <summary>Status: not set up.</summary>
    public const ulong Uninitialised = 0;

    /// <summary>Status: swaps against vaults and order book together, which no vector proves.</summary>
    public const ulong WithOrderBook = 1;

    /// <summary>Status: order book only, may turn into <see cref="WithOrderBook"/> by itself.</summary>
    public const ulong OrderBookOnly = 5;

    /// <summary>Status: swaps against the vaults alone.</summary>
    public const ulong SwapOnly = 6;

    /// <summary>Status: turns into <see cref="SwapOnly"/> at the first swap after the open time.</summary>
    public const ulong WaitingTrade = 7;

    /// <summary>The highest status that the program knows.</summary>
    public const ulong LastStatus = WaitingTrade;
}
