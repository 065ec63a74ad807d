using Mev.Domain.Chain;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>
/// Byte offsets of the Meteora DLMM accounts (the program's published interface). Prices are Q64.64 units of Y per unit
/// of X; X is mint A.
/// </summary>
public static class MeteoraDlmmLayout
{
    /// <summary>Bytes of a pair account.</summary>
    public const int PairLength = 904;

    /// <summary>Pair: base factor of the fee, u16.</summary>
    public const int BaseFactor = 8;

    /// <summary>Pair: seconds in which the volatility's references stay, u16.</summary>
    public const int FilterPeriod = 10;

    /// <summary>Pair: seconds after which the volatility is forgotten, u16.</summary>
    public const int DecayPeriod = 12;

    /// <summary>Pair: share of the volatility that stays between the two periods, u16 in ten-thousandths.</summary>
    public const int ReductionFactor = 14;

    /// <summary>Pair: how strongly the fee follows the volatility, u32.</summary>
    public const int VariableFeeControl = 16;

    /// <summary>Pair: most that the volatility accumulator reaches, u32.</summary>
    public const int AccumulatorMax = 20;

    /// <summary>Pair: lowest bin, i32; the highest follows.</summary>
    public const int BinMin = 24;

    /// <summary>Pair: highest bin, i32.</summary>
    public const int BinMax = 28;

    /// <summary>Pair: the protocol's share of the market makers' fee, u16 in ten-thousandths.</summary>
    public const int ProtocolShare = 32;

    /// <summary>Pair: power of ten on the base fee, u8.</summary>
    public const int BaseFeePower = 34;

    /// <summary>Pair: what the bins are for, u8: 0 undetermined, 1 liquidity mining, 2 limit orders.</summary>
    public const int FunctionType = 35;

    /// <summary>Pair: which mint pays the fee, u8: 0 the input, 1 always Y.</summary>
    public const int CollectFeeMode = 36;

    /// <summary>Pair: volatility accumulator, u32.</summary>
    public const int Accumulator = 40;

    /// <summary>Pair: volatility reference, u32.</summary>
    public const int Reference = 44;

    /// <summary>Pair: bin that the volatility counts from, i32.</summary>
    public const int IndexReference = 48;

    /// <summary>Pair: unix time of the last swap that moved the active bin, i64.</summary>
    public const int LastUpdate = 56;

    /// <summary>Pair: type, u8: 0 permissionless, 1 permissioned, 2 customizable, 3 permissionless of 2024.</summary>
    public const int PairType = 75;

    /// <summary>Pair: active bin, i32.</summary>
    public const int ActiveBin = 76;

    /// <summary>Pair: step of the price from bin to bin, u16 in ten-thousandths.</summary>
    public const int BinStep = 80;

    /// <summary>Pair: status, u8: 0 enabled.</summary>
    public const int Status = 82;

    /// <summary>Pair: what the activation point counts, u8: 0 slots, 1 unix time.</summary>
    public const int ActivationType = 86;

    /// <summary>Pair: address of mint X.</summary>
    public const int MintX = 88;

    /// <summary>Pair: address of mint Y.</summary>
    public const int MintY = 120;

    /// <summary>Pair: owed to the protocol in X, u64; in Y follows.</summary>
    public const int ProtocolFeeX = 216;

    /// <summary>Pair: owed to the protocol in Y, u64.</summary>
    public const int ProtocolFeeY = 224;

    /// <summary>Pair: first reward's mint; a record of <see cref="RewardLength"/> begins with it.</summary>
    public const int Rewards = 264;

    /// <summary>Bytes of a reward record.</summary>
    public const int RewardLength = 144;

    /// <summary>Reward records of a pair.</summary>
    public const int RewardCount = 2;

    /// <summary>Pair: a bit for each bin array with liquidity from -512 on, 16 u64.</summary>
    public const int Bitmap = 584;

    /// <summary>Pair: slot or unix time from which swaps are possible, u64.</summary>
    public const int ActivationPoint = 816;

    /// <summary>Pair: token program of mint X, u8: 1 Token-2022; that of mint Y follows.</summary>
    public const int ProgramX = 880;

    /// <summary>Pair: token program of mint Y, u8.</summary>
    public const int ProgramY = 881;

    /// <summary>Bytes of a bin array account.</summary>
    public const int ArrayLength = 10_136;

    /// <summary>Bin array: its index, i64.</summary>
    public const int ArrayIndex = 8;

    /// <summary>Bin array: address of its pair.</summary>
    public const int ArrayPair = 24;

    /// <summary>Bin array: the first bin.</summary>
    public const int Bins = 56;

    /// <summary>Bins of an array.</summary>
    public const int BinsPerArray = 70;

    /// <summary>Bytes of a bitmap extension account.</summary>
    public const int ExtensionLength = 1_576;

    /// <summary>Bitmap extension: address of its pair.</summary>
    public const int ExtensionPair = 8;

    /// <summary>Bitmap extension: a bit for each bin array from 512 up, then from -513 down; 24 times 8 u64.</summary>
    public const int ExtensionBits = 40;

    /// <summary>First eight bytes of a pair account.</summary>
    public static ReadOnlySpan<byte> PairDiscriminator => [0x21, 0x0b, 0x31, 0x62, 0xb5, 0x65, 0xb1, 0x0d];

    /// <summary>First eight bytes of a bin array account.</summary>
    public static ReadOnlySpan<byte> ArrayDiscriminator => [0x5c, 0x8e, 0x5c, 0xdc, 0x05, 0x94, 0x46, 0xb5];

    /// <summary>First eight bytes of a bitmap extension account.</summary>
    public static ReadOnlySpan<byte> ExtensionDiscriminator => [0x50, 0x6f, 0x7c, 0x71, 0x37, 0xed, 0x12, 0x05];

    /// <summary>The bytes are a pair account's.</summary>
    public static bool IsPair(ReadOnlySpan<byte> data) =>
        data.Length == PairLength && data.StartsWith(PairDiscriminator);

    /// <summary>The bytes are a bin array's.</summary>
    public static bool IsArray(ReadOnlySpan<byte> data) =>
        data.Length == ArrayLength && data.StartsWith(ArrayDiscriminator);

    /// <summary>The bytes are a bitmap extension's.</summary>
    public static bool IsExtension(ReadOnlySpan<byte> data) =>
        data.Length == ExtensionLength && data.StartsWith(ExtensionDiscriminator);

    /// <summary>The pair that a bin array or a bitmap extension names; false when the bytes are neither.</summary>
    public static bool TryPairOf(ReadOnlySpan<byte> data, out Pubkey pair)
    {
        var offset = IsArray(data) ? ArrayPair : IsExtension(data) ? ExtensionPair : -1;
        pair = offset < 0 ? default : AccountBytes.Key(data, offset);
        return offset >= 0;
    }
}
