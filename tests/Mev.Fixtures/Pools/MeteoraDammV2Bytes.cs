using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDammV2;
using static Mev.Fixtures.Pools.TokenBytes;

namespace Mev.Fixtures.Pools;

/// <summary>The accounts of a Meteora DAMM v2 pool as writes.</summary>
public sealed record MeteoraDammV2Bytes
{
    public static Pubkey PoolKey { get; } = Key("damm pool");

    public static Pubkey MintA { get; } = Key("damm mint a");

    public static Pubkey MintB { get; } = Key("damm mint b");

    /// <summary>The square root of a price of 1.</summary>
    public static UInt128 One { get; } = (UInt128)1 << 64;

    public Pubkey Address { get; init; } = PoolKey;

    public (Pubkey A, Pubkey B) Tokens { get; init; } = (MintA, MintB);

    public ulong CliffFee { get; init; } = 2_500_000;

    public byte BaseFeeMode { get; init; }

    public ushort Periods { get; init; }

    public ulong PeriodFrequency { get; init; }

    public ulong PeriodReduction { get; init; }

    public byte ProtocolPercent { get; init; } = 20;

    public byte PartnerPercent { get; init; }

    public bool IsDynamic { get; init; }

    public ushort BinStep { get; init; } = 1;

    public ulong LastUpdate { get; init; } = 1_774_710_000;

    public UInt128 ReferencePrice { get; init; } = One;

    public UInt128 Volatility { get; init; }

    /// <summary>Units of both mints at a price of 1, with 64 binary places.</summary>
    public UInt128 Liquidity { get; init; } = (UInt128)1_000_000_000_000 << 64;

    public UInt128 SqrtPriceMin { get; init; } = One / 2;

    public UInt128 SqrtPriceMax { get; init; } = One * 2;

    public UInt128 SqrtPrice { get; init; } = One;

    public ulong ActivationPoint { get; init; }

    public byte ActivationType { get; init; } = 1;

    public byte Status { get; init; }

    public byte CollectMode { get; init; }

    public byte Version { get; init; }

    public ulong ProtocolFeeA { get; init; }

    /// <summary>Bytes of mint B when it is of Token-2022.</summary>
    public byte[]? MintBToken2022 { get; init; }

    /// <summary>The writes of the pool and, for Token-2022, of mint B.</summary>
    public AccountWrite[] Writes()
    {
        var pool = Write(Address, Programs.MeteoraDammV2, PoolBytes());
        return MintBToken2022 is { } mint ? [pool, Write(Tokens.B, Programs.Token2022, mint)] : [pool];
    }

    /// <summary>A pool that has seen the writes.</summary>
    public MeteoraDammV2Pool Pool()
    {
        var pool = new MeteoraDammV2Pool(new PoolId(Address));
        foreach (var write in Writes()) pool.Apply(write);
        return pool;
    }

    private byte[] PoolBytes()
    {
        var data = new byte[MeteoraDammV2Layout.Length];
        MeteoraDammV2Layout.Discriminator.CopyTo(data);
        Tokens.A.CopyTo(data.AsSpan(MeteoraDammV2Layout.MintA));
        Tokens.B.CopyTo(data.AsSpan(MeteoraDammV2Layout.MintB));
        Key("damm partner").CopyTo(data.AsSpan(MeteoraDammV2Layout.Partner));
        (int Offset, ulong Value)[] numbers =
        [
            (MeteoraDammV2Layout.CliffFee, CliffFee), (MeteoraDammV2Layout.PeriodFrequency, PeriodFrequency),
            (MeteoraDammV2Layout.PeriodReduction, PeriodReduction), (MeteoraDammV2Layout.LastUpdate, LastUpdate),
            (MeteoraDammV2Layout.ActivationPoint, ActivationPoint), (MeteoraDammV2Layout.ProtocolFeeA, ProtocolFeeA),
        ];
        foreach (var (offset, value) in numbers) Set(data, offset, value);
        (int Offset, UInt128 Value)[] wide =
        [
            (MeteoraDammV2Layout.BinStepWide, One / 10_000 * BinStep),
            (MeteoraDammV2Layout.ReferencePrice, ReferencePrice), (MeteoraDammV2Layout.Volatility, Volatility),
            (MeteoraDammV2Layout.Liquidity, Liquidity), (MeteoraDammV2Layout.MinSqrtPrice, SqrtPriceMin),
            (MeteoraDammV2Layout.MaxSqrtPrice, SqrtPriceMax), (MeteoraDammV2Layout.SqrtPrice, SqrtPrice),
        ];
        foreach (var (offset, value) in wide) BinaryPrimitives.WriteUInt128LittleEndian(data.AsSpan(offset), value);
        (int Offset, ushort Value)[] halves =
        [
            (MeteoraDammV2Layout.Periods, Periods), (MeteoraDammV2Layout.BinStep, BinStep),
            (MeteoraDammV2Layout.FilterSeconds, 10), (MeteoraDammV2Layout.DecaySeconds, 120),
            (MeteoraDammV2Layout.Reduction, 5_000),
        ];
        foreach (var (offset, value) in halves) BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(offset), value);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(MeteoraDammV2Layout.VolatilityMax), 14_460_000);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(MeteoraDammV2Layout.FeeControl), 95_600);
        (int Offset, byte Value)[] bytes =
        [
            (MeteoraDammV2Layout.BaseFeeMode, BaseFeeMode), (MeteoraDammV2Layout.ProtocolPercent, ProtocolPercent),
            (MeteoraDammV2Layout.PartnerPercent, PartnerPercent),
            (MeteoraDammV2Layout.IsDynamic, IsDynamic ? (byte)1 : (byte)0),
            (MeteoraDammV2Layout.ActivationType, ActivationType), (MeteoraDammV2Layout.Status, Status),
            (MeteoraDammV2Layout.ProgramFlagB, MintBToken2022 is null ? (byte)0 : (byte)1),
            (MeteoraDammV2Layout.CollectMode, CollectMode), (MeteoraDammV2Layout.Version, Version),
        ];
        foreach (var (offset, value) in bytes) data[offset] = value;
        return data;
    }
}
