using Mev.Domain.Chain;

namespace Mev.Domain.Pools.PumpSwap;

/// <summary>
/// Byte offsets of the PumpSwap accounts (public IDL of the program; integers are u64 unless said). Rates are in basis
/// points. Pool accounts grew over time: what an older one does not have is 0.
/// </summary>
public static class PumpSwapLayout
{
    /// <summary>Pool: address of whoever created it.</summary>
    public const int Creator = 11;

    /// <summary>Pool: address of the base mint (mint A).</summary>
    public const int BaseMint = 43;

    /// <summary>Pool: address of the quote mint (mint B).</summary>
    public const int QuoteMint = 75;

    /// <summary>Pool: address of the vault of the base mint.</summary>
    public const int BaseVault = 139;

    /// <summary>Pool: address of the vault of the quote mint.</summary>
    public const int QuoteVault = 171;

    /// <summary>Pool: address that gets the coin creator's fee; zero is nobody.</summary>
    public const int CoinCreator = 211;

    /// <summary>Pool: its coin's supply counts as <see cref="MayhemSupply"/>, u8.</summary>
    public const int IsMayhem = 243;

    /// <summary>Pool: units that the quote reserve counts for beside the vault, i128.</summary>
    public const int VirtualQuote = 245;

    /// <summary>Pool: creator's rate of its own; 0 is none.</summary>
    public const int OwnCreatorRate = 261;

    /// <summary>Supply that market capitalisation is reckoned with in mayhem.</summary>
    public const ulong MayhemSupply = 1_000_000_000_000_000;

    /// <summary>Global config: bits of what is switched off, u8.</summary>
    public const int DisableFlags = 56;

    /// <summary>Bit of <see cref="DisableFlags"/>: nobody can buy.</summary>
    public const byte BuyDisabled = 8;

    /// <summary>Bit of <see cref="DisableFlags"/>: nobody can sell.</summary>
    public const byte SellDisabled = 16;

    /// <summary>Global config: pools may have a creator's rate of their own, u8.</summary>
    public const int IsCreatorRateConfigurable = 940;

    /// <summary>Fee config: the flat rates, three in the order liquidity, protocol, creator; tiers follow.</summary>
    public const int FlatRates = 41;

    /// <summary>Bytes of three rates.</summary>
    public const int RatesLength = 24;

    /// <summary>Bytes of a tier: least market capitalisation u128, then three rates.</summary>
    public const int TierLength = 16 + RatesLength;

    /// <summary>Pool lengths.</summary>
    private static readonly int[] PoolLengths = [211, 243, 244, 300, 301];

    /// <summary>Global config lengths.</summary>
    private static readonly int[] GlobalConfigLengths = [907, 949];

    /// <summary>First bytes of a pool account.</summary>
    public static ReadOnlySpan<byte> PoolDiscriminator => [0xf1, 0x9a, 0x6d, 0x04, 0x11, 0xb1, 0x6d, 0xbc];

    /// <summary>First bytes of the global config.</summary>
    public static ReadOnlySpan<byte> GlobalConfigDiscriminator => [0x95, 0x08, 0x9c, 0xca, 0xa0, 0xfc, 0xb0, 0xd9];

    /// <summary>First bytes of the fee config.</summary>
    public static ReadOnlySpan<byte> FeeConfigDiscriminator => [0x8f, 0x34, 0x92, 0xbb, 0xdb, 0x7b, 0x4c, 0x9b];

    /// <summary>The one global config (an address derived from the program).</summary>
    public static Pubkey GlobalConfig { get; } = Pubkey.Parse("ADyA8hdefvWN2dbGGWFotbzWxrAvLW83WG6QCVXvJKqw");

    /// <summary>The one fee config of PumpSwap (an address derived from the fee program).</summary>
    public static Pubkey FeeConfig { get; } = Pubkey.Parse("5PHirr8joyTMp9JMm6nW7hNDVyEYdkzDqazxPD7RaTjx");

    /// <summary>The bytes have a length and the discriminator of a pool account.</summary>
    public static bool IsPool(ReadOnlySpan<byte> data) =>
        PoolLengths.Contains(data.Length) && data.StartsWith(PoolDiscriminator);

    /// <summary>The bytes have a length and the discriminator of the global config.</summary>
    public static bool IsGlobalConfig(ReadOnlySpan<byte> data) =>
        GlobalConfigLengths.Contains(data.Length) && data.StartsWith(GlobalConfigDiscriminator);

    /// <summary>The bytes are long enough for the flat rates and have the discriminator of the fee config.</summary>
    public static bool IsFeeConfig(ReadOnlySpan<byte> data) =>
        data.Length >= FlatRates + RatesLength && data.StartsWith(FeeConfigDiscriminator);
}
