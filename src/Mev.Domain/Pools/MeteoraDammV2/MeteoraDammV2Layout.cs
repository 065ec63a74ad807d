namespace Mev.Domain.Pools.MeteoraDammV2;

/// <summary>
/// Byte offsets of a Meteora DAMM v2 pool account (public IDL of the program; integers are u64 unless said). Square
/// roots of prices and the liquidity have 64 binary places.
/// </summary>
public static class MeteoraDammV2Layout
{
    /// <summary>Bytes of the account.</summary>
    public const int Length = 1112;

    /// <summary>Base fee at first, in 1/10^9.</summary>
    public const int CliffFee = 8;

    /// <summary>Kind of base fee, u8: 0 and 1 fall with time, 2 and above are other rules.</summary>
    public const int BaseFeeMode = 16;

    /// <summary>Highest kind of base fee that depends on nothing but the time.</summary>
    public const byte LastScheduler = 1;

    /// <summary>Number of periods over which the base fee falls, u16.</summary>
    public const int Periods = 22;

    /// <summary>Length of a period; 0 is never.</summary>
    public const int PeriodFrequency = 24;

    /// <summary>By how much the base fee falls in a period.</summary>
    public const int PeriodReduction = 32;

    /// <summary>The protocol's share of fees in percent, u8.</summary>
    public const int ProtocolPercent = 48;

    /// <summary>The partner's share of the protocol's share in percent, u8.</summary>
    public const int PartnerPercent = 49;

    /// <summary>Dynamic fee: switched on, u8.</summary>
    public const int IsDynamic = 56;

    /// <summary>Dynamic fee: most volatility that is counted, u32.</summary>
    public const int VolatilityMax = 64;

    /// <summary>Dynamic fee: what volatility costs, u32.</summary>
    public const int FeeControl = 68;

    /// <summary>Dynamic fee: width of a step in 1/10,000, u16.</summary>
    public const int BinStep = 72;

    /// <summary>Dynamic fee: seconds in which the reference stays, u16.</summary>
    public const int FilterSeconds = 74;

    /// <summary>Dynamic fee: seconds after which volatility is forgotten, u16.</summary>
    public const int DecaySeconds = 76;

    /// <summary>Dynamic fee: what is kept of volatility before that, in 1/10,000, u16.</summary>
    public const int Reduction = 78;

    /// <summary>Dynamic fee: unix time of the last swap that moved the price by a step.</summary>
    public const int LastUpdate = 80;

    /// <summary>Dynamic fee: width of a step with 64 binary places, u128.</summary>
    public const int BinStepWide = 88;

    /// <summary>Dynamic fee: the reference square root of the price, u128.</summary>
    public const int ReferencePrice = 104;

    /// <summary>Dynamic fee: volatility so far, u128.</summary>
    public const int Volatility = 120;

    /// <summary>Dynamic fee: volatility that the reference began with, u128.</summary>
    public const int VolatilityReference = 136;

    /// <summary>Address of mint A.</summary>
    public const int MintA = 168;

    /// <summary>Address of mint B.</summary>
    public const int MintB = 200;

    /// <summary>Address of the partner; zero is none.</summary>
    public const int Partner = 328;

    /// <summary>Liquidity, u128.</summary>
    public const int Liquidity = 360;

    /// <summary>Fees of the protocol in mint A.</summary>
    public const int ProtocolFeeA = 392;

    /// <summary>Fees of the protocol in mint B.</summary>
    public const int ProtocolFeeB = 400;

    /// <summary>Least square root of the price, u128.</summary>
    public const int MinSqrtPrice = 424;

    /// <summary>Greatest square root of the price, u128.</summary>
    public const int MaxSqrtPrice = 440;

    /// <summary>Square root of the price (B for A), u128.</summary>
    public const int SqrtPrice = 456;

    /// <summary>Slot or unix time from which swaps are possible.</summary>
    public const int ActivationPoint = 472;

    /// <summary>What the activation point is, u8: 0 a slot, 1 a time.</summary>
    public const int ActivationType = 480;

    /// <summary>Status, u8: 0 on, 1 off.</summary>
    public const int Status = 481;

    /// <summary>Token program of mint A, u8: 0 SPL Token, 1 Token-2022.</summary>
    public const int ProgramFlagA = 482;

    /// <summary>The same of mint B.</summary>
    public const int ProgramFlagB = 483;

    /// <summary>Where fees are taken, u8: 0 on the output, 1 in mint B.</summary>
    public const int CollectMode = 484;

    /// <summary>The highest <see cref="CollectMode"/> that vectors prove.</summary>
    public const byte CollectInB = 1;

    /// <summary>Version, u8.</summary>
    public const int Version = 486;

    /// <summary>First eight bytes of a pool account; other programs have the same.</summary>
    public static ReadOnlySpan<byte> Discriminator => [0xf1, 0x9a, 0x6d, 0x04, 0x11, 0xb1, 0x6d, 0xbc];
}
