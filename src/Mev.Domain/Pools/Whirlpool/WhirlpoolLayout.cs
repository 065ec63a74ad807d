using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>Offsets, in bytes, and sizes of the program's accounts.</summary>
internal static class WhirlpoolLayout
{
    public const int PoolLength = 653;
    public const int Spacing = 41;
    public const int FeeTierSeed = 43;
    public const int FeeRate = 45;
    public const int ProtocolRate = 47;
    public const int Liquidity = 49;
    public const int SqrtPrice = 65;
    public const int Tick = 81;
    public const int ProtocolOwedA = 85;
    public const int ProtocolOwedB = 93;
    public const int MintA = 101;
    public const int FeeGrowthA = 165;
    public const int MintB = 181;
    public const int FeeGrowthB = 245;
    public const int RewardTime = 261;

    public const int Rewards = 269;
    public const int RewardCount = 3;
    public const int RewardLength = 128;
    public const int RewardEmissions = 96; // within a reward: mint, vault and authority come first
    public const int RewardGrowth = 112;

    public const int TicksPerArray = 88;
    public const int ArrayStart = 8;
    public const int FixedArrayLength = 9988;
    public const int FixedTicks = 12;
    public const int FixedTickLength = 113;
    public const int FixedArrayPool = 9956;

    public const int DynamicArrayLengthMin = 148;
    public const int DynamicArrayLengthMax = 10004;
    public const int DynamicArrayPool = 12;
    public const int DynamicBitmap = 44;
    public const int DynamicTicks = 60;
    public const int DynamicTickLength = 112;

    public const int TickNet = 1; // within a fixed tick, after its initialised byte
    public const int TickGross = 17;
    public const int TickFeeGrowthA = 33;
    public const int TickFeeGrowthB = 49;
    public const int TickRewardGrowths = 65;

    private const ulong PoolDiscriminator = 0x096380e10cd1953f;
    private const ulong FixedArrayDiscriminator = 0xbb42076ebebd6145;
    private const ulong DynamicArrayDiscriminator = 0x38dac7e18ef6d811;

    public static bool IsPool(ReadOnlySpan<byte> data) =>
        data.Length == PoolLength && BinaryPrimitives.ReadUInt64LittleEndian(data) == PoolDiscriminator;

    public static bool IsFixedArray(ReadOnlySpan<byte> data) =>
        data.Length == FixedArrayLength && BinaryPrimitives.ReadUInt64LittleEndian(data) == FixedArrayDiscriminator;

    public static bool IsDynamicArray(ReadOnlySpan<byte> data) =>
        data.Length is >= DynamicArrayLengthMin and <= DynamicArrayLengthMax
        && BinaryPrimitives.ReadUInt64LittleEndian(data) == DynamicArrayDiscriminator;

    /// <summary>The pool that a tick array of either kind names; false when the bytes are no tick array.</summary>
    public static bool TryPoolOfArray(ReadOnlySpan<byte> data, out Pubkey pool)
    {
        var offset = IsFixedArray(data) ? FixedArrayPool : IsDynamicArray(data) ? DynamicArrayPool : -1;
        pool = offset < 0 ? default : new Pubkey(data[offset..]);
        return offset >= 0;
    }

    public static UInt128 ReadUInt128(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadUInt128LittleEndian(data[offset..]);

    public static ulong ReadUInt64(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(data[offset..]);

    public static int ReadInt32(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadInt32LittleEndian(data[offset..]);

    public static ushort ReadUInt16(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(data[offset..]);

    public static void Write(Span<byte> data, int offset, UInt128 value) =>
        BinaryPrimitives.WriteUInt128LittleEndian(data[offset..], value);

    public static void Write(Span<byte> data, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(data[offset..], value);

    public static void Write(Span<byte> data, int offset, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(data[offset..], value);
}
