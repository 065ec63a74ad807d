using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Domain.Pools.Tokens;
using static Mev.Fixtures.Pools.TokenBytes;

namespace Mev.Fixtures.Pools;

/// <summary>The accounts of a Meteora DLMM pair as writes. Prices of bins are left for the reader to compute.</summary>
public sealed record MeteoraDlmmBytes
{
    public static Pubkey PairKey { get; } = Key("dlmm pair");

    public static Pubkey MintX { get; } = Key("dlmm x");

    public static Pubkey MintY { get; } = Key("dlmm y");

    public int ActiveBin { get; init; }

    public ushort BinStep { get; init; } = 20;

    public ushort BaseFactor { get; init; } = 10_000;

    public byte BaseFeePower { get; init; }

    public uint VariableFeeControl { get; init; } = 40_000;

    public uint AccumulatorMax { get; init; } = 350_000;

    public ushort FilterPeriod { get; init; } = 30;

    public ushort DecayPeriod { get; init; } = 600;

    public ushort ReductionFactor { get; init; } = 5_000;

    public ushort ProtocolShare { get; init; } = 500;

    public int BinMin { get; init; } = -21_835;

    public int BinMax { get; init; } = 21_835;

    public byte FunctionType { get; init; }

    public byte CollectFeeMode { get; init; }

    public byte PairType { get; init; } = 3;

    public byte Status { get; init; }

    public byte ActivationType { get; init; }

    public ulong ActivationPoint { get; init; }

    public uint Accumulator { get; init; }

    public uint Reference { get; init; }

    public int IndexReference { get; init; }

    public long LastUpdate { get; init; }

    public bool HasReward { get; init; }

    /// <summary>Bytes of a mint that is of Token-2022; null when it is not.</summary>
    public byte[]? MintX2022 { get; init; }

    public byte[]? MintY2022 { get; init; }

    public IReadOnlyList<MeteoraDlmmBinBytes> Bins { get; init; } = [];

    /// <summary>Indices of further arrays that the bitmap tells of and that are not written.</summary>
    public IReadOnlyList<int> ArraysUnseen { get; init; } = [];

    public IEnumerable<int> ArraysSeen => Bins.Select(bin => ArrayOf(bin.Bin)).Distinct().Order();

    public static int ArrayOf(int bin) => (int)Math.Floor((double)bin / MeteoraDlmmLayout.BinsPerArray);

    public static Pubkey ArrayKey(int index) => MeteoraDlmmPool.ArrayAddress(PairKey, index);

    /// <summary>The writes of the pair, its arrays by index, and the mints of Token-2022.</summary>
    public AccountWrite[] Writes()
    {
        List<AccountWrite> writes = [Write(PairKey, Programs.MeteoraDlmm, PairBytes())];
        foreach (var index in ArraysSeen) writes.Add(Write(ArrayKey(index), Programs.MeteoraDlmm, ArrayBytes(index)));
        if (MintX2022 is { } x) writes.Add(Write(MintX, Programs.Token2022, x));
        if (MintY2022 is { } y) writes.Add(Write(MintY, Programs.Token2022, y));
        return [.. writes];
    }

    /// <summary>A pool that has seen the writes.</summary>
    public MeteoraDlmmPool Pool()
    {
        var pool = new MeteoraDlmmPool(new PoolId(PairKey));
        foreach (var write in Writes()) pool.Apply(write);
        return pool;
    }

    public byte[] PairBytes()
    {
        var data = new byte[MeteoraDlmmLayout.PairLength];
        MeteoraDlmmLayout.PairDiscriminator.CopyTo(data);
        (int Offset, ushort Value)[] shorts =
        [
            (MeteoraDlmmLayout.BaseFactor, BaseFactor), (MeteoraDlmmLayout.FilterPeriod, FilterPeriod),
            (MeteoraDlmmLayout.DecayPeriod, DecayPeriod), (MeteoraDlmmLayout.ReductionFactor, ReductionFactor),
            (MeteoraDlmmLayout.ProtocolShare, ProtocolShare), (MeteoraDlmmLayout.BinStep, BinStep),
        ];
        foreach (var (offset, value) in shorts) BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(offset), value);
        (int Offset, long Value)[] words =
        [
            (MeteoraDlmmLayout.VariableFeeControl, VariableFeeControl),
            (MeteoraDlmmLayout.AccumulatorMax, AccumulatorMax), (MeteoraDlmmLayout.BinMin, BinMin),
            (MeteoraDlmmLayout.BinMax, BinMax), (MeteoraDlmmLayout.Accumulator, Accumulator),
            (MeteoraDlmmLayout.Reference, Reference), (MeteoraDlmmLayout.IndexReference, IndexReference),
            (MeteoraDlmmLayout.ActiveBin, ActiveBin),
        ];
        foreach (var (offset, value) in words) BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(offset), (int)value);
        (int Offset, byte Value)[] bytes =
        [
            (MeteoraDlmmLayout.BaseFeePower, BaseFeePower), (MeteoraDlmmLayout.FunctionType, FunctionType),
            (MeteoraDlmmLayout.CollectFeeMode, CollectFeeMode), (MeteoraDlmmLayout.PairType, PairType),
            (MeteoraDlmmLayout.Status, Status), (MeteoraDlmmLayout.ActivationType, ActivationType),
            (MeteoraDlmmLayout.ProgramX, MintX2022 is null ? (byte)0 : (byte)1),
            (MeteoraDlmmLayout.ProgramY, MintY2022 is null ? (byte)0 : (byte)1),
            (MeteoraDlmmLayout.Rewards, HasReward ? (byte)7 : (byte)0),
        ];
        foreach (var (offset, value) in bytes) data[offset] = value;
        Set(data, MeteoraDlmmLayout.LastUpdate, (ulong)LastUpdate);
        Set(data, MeteoraDlmmLayout.ActivationPoint, ActivationPoint);
        MintX.CopyTo(data.AsSpan(MeteoraDlmmLayout.MintX));
        MintY.CopyTo(data.AsSpan(MeteoraDlmmLayout.MintY));
        foreach (var index in ArraysSeen.Concat(ArraysUnseen))
            data[MeteoraDlmmLayout.Bitmap + (index + 512) / 8] |= (byte)(1 << ((index + 512) % 8));
        return data;
    }

    public byte[] ArrayBytes(int index)
    {
        var data = new byte[MeteoraDlmmLayout.ArrayLength];
        MeteoraDlmmLayout.ArrayDiscriminator.CopyTo(data);
        Set(data, MeteoraDlmmLayout.ArrayIndex, (ulong)index);
        PairKey.CopyTo(data.AsSpan(MeteoraDlmmLayout.ArrayPair));
        foreach (var held in Bins.Where(bin => ArrayOf(bin.Bin) == index))
        {
            var at = held.Bin - index * MeteoraDlmmLayout.BinsPerArray;
            var bin = data.AsSpan(MeteoraDlmmLayout.Bins + at * BinLayout.Length);
            Set(bin, BinLayout.AmountX, held.X);
            Set(bin, BinLayout.AmountY, held.Y);
            Set(bin, BinLayout.Supply + sizeof(ulong), held.Shares);
            Set(bin, BinLayout.OpenOrders, held.OpenOrders);
            Set(bin, BinLayout.ProcessedLeft, held.ProcessedLeft);
            bin[BinLayout.AskSide] = held.AskSide;
        }
        return data;
    }

    /// <summary>A bitmap extension that tells of one array beyond the pair's own bitmap.</summary>
    public static byte[] ExtensionBytes()
    {
        var data = new byte[MeteoraDlmmLayout.ExtensionLength];
        MeteoraDlmmLayout.ExtensionDiscriminator.CopyTo(data);
        PairKey.CopyTo(data.AsSpan(MeteoraDlmmLayout.ExtensionPair));
        data[MeteoraDlmmLayout.ExtensionBits] = 1;
        return data;
    }

    /// <summary>A mint of Token-2022 that takes the same fee in every epoch.</summary>
    public static byte[] MintWithFee(TransferFee fee) => Mint(new TransferFeeSchedule(fee, fee, 0));
}
