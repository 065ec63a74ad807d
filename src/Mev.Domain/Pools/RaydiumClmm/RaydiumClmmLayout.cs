using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>
/// Offsets, in bytes, and sizes of the Raydium CLMM accounts (public source of the program). Rates are in millionths.
/// </summary>
internal static class RaydiumClmmLayout
{
    public const int PoolLength = 1544;
    public const int Config = 9;
    public const int Mint0 = 73;
    public const int Mint1 = 105;
    public const int Spacing = 235;
    public const int Liquidity = 237;
    public const int SqrtPrice = 253;
    public const int Tick = 269;
    public const int FeeGrowth0 = 277;
    public const int FeeGrowth1 = 293;
    public const int ProtocolFees0 = 309;
    public const int ProtocolFees1 = 317;
    public const int SwapIn0 = 325; // u128 totals of all swaps
    public const int SwapOut1 = 341;
    public const int SwapIn1 = 357;
    public const int SwapOut0 = 373;
    public const int Status = 389;
    public const byte SwapDisabled = 16; // a bit of the status
    public const int FeeOn = 390; // since 2026; 0 is the input, as before

    public const int Rewards = 397;
    public const int RewardCount = 3;
    public const int RewardLength = 169;
    public const int RewardOpenTime = 1; // within a reward, after its state
    public const int RewardEndTime = 9;
    public const int RewardUpdateTime = 17;
    public const int RewardEmissions = 25;
    public const int RewardEmitted = 41;
    public const int RewardMint = 57;
    public const int RewardGrowth = 153;

    public const int Bitmap = 904;
    public const int BitmapLength = 128;
    public const int TotalFees0 = 1032;
    public const int TotalFees1 = 1048;
    public const int FundFees0 = 1064;
    public const int FundFees1 = 1072;
    public const int OpenTime = 1080;
    public const int RecentEpoch = 1088;
    public const int DynamicFee = 1096; // since 2026; zero without one
    public const int DynamicFeeLength = 80;

    public const int ConfigLength = 117;
    public const int ProtocolRate = 43;
    public const int TradeRate = 47;
    public const int FundRate = 53;

    public const int ArrayLength = 10240;
    public const int ArrayPool = 8;
    public const int ArrayStart = 40;
    public const int ArrayTicks = 44;
    public const int ArrayEpoch = 10125;
    public const int TicksPerArray = 60;
    public const int TickLength = 168;
    public const int TickNet = 4; // within a tick, after its index
    public const int TickGross = 20;
    public const int TickFeeGrowth0 = 36;
    public const int TickFeeGrowth1 = 52;
    public const int TickRewardGrowths = 68;
    public const int TickOrders = 124; // since 2026: u64 amounts of limit orders, those never filled and part filled

    public const int ExtensionLength = 1832;
    public const int ExtensionPool = 8;
    public const int ExtensionPositive = 40;
    public const int ExtensionNegative = 936;
    public const int ExtensionSideLength = 896;

    private const ulong PoolDiscriminator = 0x46dec3d7f5e3edf7;
    private const ulong ConfigDiscriminator = 0x6f2bcbcb6821f4da;
    private const ulong ArrayDiscriminator = 0x2a81f931cd559bc0;
    private const ulong ExtensionDiscriminator = 0x998b8061db24963c;

    public static bool IsPool(ReadOnlySpan<byte> data) => Is(data, PoolLength, PoolDiscriminator);

    public static bool IsConfig(ReadOnlySpan<byte> data) => Is(data, ConfigLength, ConfigDiscriminator);

    public static bool IsArray(ReadOnlySpan<byte> data) => Is(data, ArrayLength, ArrayDiscriminator);

    public static bool IsExtension(ReadOnlySpan<byte> data) => Is(data, ExtensionLength, ExtensionDiscriminator);

    /// <summary>The pool that a tick array or a bitmap extension names; false when the bytes are neither.</summary>
    public static bool TryPoolOfPart(ReadOnlySpan<byte> data, out Pubkey pool)
    {
        var offset = IsArray(data) ? ArrayPool : IsExtension(data) ? ExtensionPool : -1;
        pool = offset < 0 ? default : new Pubkey(data[offset..]);
        return offset >= 0;
    }

    public static int ReadInt32(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadInt32LittleEndian(data[offset..]);

    public static uint ReadUInt32(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(data[offset..]);

    public static void Write(Span<byte> data, int offset, UInt128 value) =>
        BinaryPrimitives.WriteUInt128LittleEndian(data[offset..], value);

    public static void Write(Span<byte> data, int offset, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(data[offset..], value);

    private static bool Is(ReadOnlySpan<byte> data, int length, ulong discriminator) =>
        data.Length == length && BinaryPrimitives.ReadUInt64LittleEndian(data) == discriminator;
}
