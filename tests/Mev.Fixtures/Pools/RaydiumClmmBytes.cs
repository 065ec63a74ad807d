using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumClmm;
using static Mev.Fixtures.Pools.TokenBytes;

namespace Mev.Fixtures.Pools;

/// <summary>The accounts of a made-up Raydium CLMM pool as writes, in the program's real layout.</summary>
public sealed record RaydiumClmmBytes
{
    public const int TicksPerArray = 60;

    private static readonly byte[] PoolHead = Convert.FromHexString("f7ede3f5d7c3de46");
    private static readonly byte[] ConfigHead = Convert.FromHexString("daf42168cbcb2b6f");
    private static readonly byte[] ArrayHead = Convert.FromHexString("c09b55cd31f9812a");
    private static readonly byte[] ExtensionHead = Convert.FromHexString("3c9624db61808b99");

    public static Pubkey PoolKey { get; } = Key("clmm pool");

    public static Pubkey Config { get; } = Key("clmm config");

    public static Pubkey Extension { get; } = Key("clmm extension");

    public static Pubkey Mint0 { get; } = Key("token 0");

    public static Pubkey Mint1 { get; } = Key("token 1");

    public ushort Spacing { get; init; } = 60;

    public uint TradeRate { get; init; } = 2_500;

    public uint ProtocolRate { get; init; } = 120_000;

    public uint FundRate { get; init; } = 40_000;

    public UInt128 Liquidity { get; init; } = 1_000_000_000_000;

    public UInt128 SqrtPrice { get; init; } = UInt128.One << 64;

    public int? Tick { get; init; }

    public byte Status { get; init; }

    public byte FeeOn { get; init; }

    public byte DynamicFee { get; init; }

    public ulong OpenTime { get; init; }

    /// <summary>The negative side of the extension marks something.</summary>
    public bool HasNegative { get; init; }

    /// <summary>Bytes of mint 1 when it is of Token-2022.</summary>
    public byte[]? Mint1Token2022 { get; init; }

    /// <summary>The initialised ticks with their net liquidity.</summary>
    public (int Tick, Int128 Net)[] Ticks { get; init; } =
    [
        (-6_000, 600_000_000_000), (-600, 400_000_000_000), (600, -400_000_000_000), (6_000, -600_000_000_000),
    ];

    public int Span => TicksPerArray * Spacing;

    /// <summary>The address of the array with this start.</summary>
    public static Pubkey ArrayKey(int start) => RaydiumClmmPool.ArrayAddress(PoolKey, start);

    public int StartOf(int tick) => (int)Math.Floor((double)tick / Span) * Span;

    /// <summary>The writes of pool, config, mints, extension and tick arrays, in this order.</summary>
    public AccountWrite[] Writes()
    {
        var mint1 = Mint1Token2022 is { } mint
            ? Write(Mint1, Programs.Token2022, mint)
            : Write(Mint1, Programs.Token, new byte[82]);
        return
        [
            Write(PoolKey, Programs.RaydiumClmm, PoolBytes()),
            Write(Config, Programs.RaydiumClmm, ConfigBytes()),
            Write(Mint0, Programs.Token, new byte[82]),
            mint1,
            Write(Extension, Programs.RaydiumClmm, ExtensionBytes()),
            .. Starts().Select(start => Write(ArrayKey(start), Programs.RaydiumClmm, ArrayBytes(start))),
        ];
    }

    /// <summary>A pool that has seen the writes.</summary>
    public RaydiumClmmPool Pool()
    {
        var pool = new RaydiumClmmPool(new PoolId(PoolKey));
        foreach (var write in Writes()) pool.Apply(write);
        return pool;
    }

    public byte[] PoolBytes()
    {
        var data = new byte[1544];
        PoolHead.CopyTo(data, 0);
        Config.CopyTo(data.AsSpan(9));
        Mint0.CopyTo(data.AsSpan(73));
        Mint1.CopyTo(data.AsSpan(105));
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(235), Spacing);
        BinaryPrimitives.WriteUInt128LittleEndian(data.AsSpan(237), Liquidity);
        BinaryPrimitives.WriteUInt128LittleEndian(data.AsSpan(253), SqrtPrice);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(269), Tick ?? RaydiumTickMath.TickAt(SqrtPrice));
        data[389] = Status;
        data[390] = FeeOn;
        Set(data, 1080, OpenTime);
        data[1096] = DynamicFee;
        foreach (var number in Starts().Select(start => start / Span).Where(number => number is >= -512 and < 512))
            Mark(data.AsSpan(904), number + 512);
        return data;
    }

    public byte[] ConfigBytes()
    {
        var data = new byte[117];
        ConfigHead.CopyTo(data, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(43), ProtocolRate);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(47), TradeRate);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(51), Spacing);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(53), FundRate);
        return data;
    }

    public byte[] ExtensionBytes()
    {
        var data = new byte[1832];
        ExtensionHead.CopyTo(data, 0);
        PoolKey.CopyTo(data.AsSpan(8));
        foreach (var number in Starts().Select(start => start / Span).Where(number => number >= 512))
            Mark(data.AsSpan(40), number - 512);
        if (HasNegative) data[1000] = 1;
        return data;
    }

    public byte[] ArrayBytes(int start)
    {
        var data = new byte[10240];
        ArrayHead.CopyTo(data, 0);
        PoolKey.CopyTo(data.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(40), start);
        foreach (var (tick, net) in Ticks.Where(tick => StartOf(tick.Tick) == start))
        {
            var entry = data.AsSpan(OffsetOf(tick));
            BinaryPrimitives.WriteInt32LittleEndian(entry, tick);
            BinaryPrimitives.WriteInt128LittleEndian(entry[4..], net);
            BinaryPrimitives.WriteUInt128LittleEndian(entry[20..], 1);
        }
        return data;
    }

    /// <summary>Where a tick stands in the bytes of its array.</summary>
    public int OffsetOf(int tick) => 44 + 168 * ((tick - StartOf(tick)) / Spacing);

    private IEnumerable<int> Starts() => Ticks.Select(tick => StartOf(tick.Tick)).Distinct().Order();

    private static void Mark(Span<byte> bits, int bit) => bits[bit / 8] |= (byte)(1 << (bit % 8));
}
