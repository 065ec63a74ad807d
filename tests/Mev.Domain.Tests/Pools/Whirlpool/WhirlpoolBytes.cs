using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;

namespace Mev.Domain.Tests.Pools.Whirlpool;

/// <summary>Account bytes of made-up pools in the program's real layout.</summary>
internal sealed record WhirlpoolBytes
{
    public const int TicksPerArray = 88;

    public static readonly Pubkey PoolKey = Key(1);

    public ushort Spacing { get; init; } = 64;
    public ushort? FeeTierSeed { get; init; }
    public ushort FeeRate { get; init; } = 3000;
    public ushort ProtocolRate { get; init; } = 300;
    public UInt128 Liquidity { get; init; } = 1_000_000_000_000;
    public UInt128 SqrtPrice { get; init; } = UInt128.One << 64;
    public int? Tick { get; init; }

    public int Span => TicksPerArray * Spacing;

    public static Pubkey Key(byte tag)
    {
        var bytes = new byte[32];
        bytes.AsSpan().Fill(tag);
        return new Pubkey(bytes);
    }

    /// <summary>The key that the made-up array with this start is stored under.</summary>
    public static Pubkey ArrayKey(int start)
    {
        var bytes = new byte[32];
        bytes[0] = 0xa7;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), start);
        return new Pubkey(bytes);
    }

    public byte[] PoolData()
    {
        var data = new byte[653];
        Convert.FromHexString("3f95d10ce1806309").CopyTo(data, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(41), Spacing);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(43), FeeTierSeed ?? Spacing);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(45), FeeRate);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(47), ProtocolRate);
        BinaryPrimitives.WriteUInt128LittleEndian(data.AsSpan(49), Liquidity);
        BinaryPrimitives.WriteUInt128LittleEndian(data.AsSpan(65), SqrtPrice);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(81), Tick ?? TickMath.TickAt(SqrtPrice));
        Key(2).CopyTo(data.AsSpan(101));
        Key(3).CopyTo(data.AsSpan(181));
        return data;
    }

    public byte[] FixedArray(int start, params (int Tick, Int128 Net)[] ticks)
    {
        var data = new byte[9988];
        Convert.FromHexString("4561bdbe6e0742bb").CopyTo(data, 0);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(8), start);
        PoolKey.CopyTo(data.AsSpan(9956));
        foreach (var (tick, net) in ticks)
        {
            var offset = 12 + 113 * ((tick - start) / Spacing);
            data[offset] = 1;
            BinaryPrimitives.WriteInt128LittleEndian(data.AsSpan(offset + 1), net);
            BinaryPrimitives.WriteUInt128LittleEndian(data.AsSpan(offset + 17), 1);
        }
        return data;
    }

    public byte[] DynamicArray(int start, params (int Tick, Int128 Net)[] ticks)
    {
        var data = new byte[148 + 112 * ticks.Length];
        Convert.FromHexString("11d8f68ee1c7da38").CopyTo(data, 0);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(8), start);
        PoolKey.CopyTo(data.AsSpan(12));
        var places = ticks.ToDictionary(tick => (tick.Tick - start) / Spacing, tick => tick.Net);
        var bitmap = places.Keys.Aggregate(UInt128.Zero, (bits, place) => bits | (UInt128.One << place));
        BinaryPrimitives.WriteUInt128LittleEndian(data.AsSpan(44), bitmap);
        var offset = 60;
        for (var place = 0; place < TicksPerArray; place++)
        {
            if (!places.TryGetValue(place, out var net))
            {
                offset++;
                continue;
            }
            data[offset] = 1;
            BinaryPrimitives.WriteInt128LittleEndian(data.AsSpan(offset + 1), net);
            BinaryPrimitives.WriteUInt128LittleEndian(data.AsSpan(offset + 17), 1);
            offset += 113;
        }
        return data;
    }

    public static AccountWrite Write(Pubkey key, byte[] data, ulong version = 1, Pubkey? owner = null) => new()
    {
        Key = key,
        Owner = owner ?? Programs.Whirlpool,
        Lamports = (ulong)data.Length,
        Slot = new Slot(7),
        WriteVersion = version,
        Data = data,
    };

    /// <summary>A pool of these bytes with fixed arrays that hold these ticks.</summary>
    public WhirlpoolPool Pool(params (int Tick, Int128 Net)[] ticks)
    {
        var pool = new WhirlpoolPool(new PoolId(PoolKey));
        Assert.True(pool.Apply(Write(PoolKey, PoolData())));
        foreach (var array in ticks.GroupBy(tick => (int)Math.Floor((double)tick.Tick / Span) * Span))
            Assert.True(pool.Apply(Write(ArrayKey(array.Key), FixedArray(array.Key, [.. array]))));
        return pool;
    }
}
