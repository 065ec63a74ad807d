using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;

namespace Mev.Benchmarks.Micro;

/// <summary>
/// A made-up DLMM pair for timing: liquidity in every bin of three arrays, limit orders in each third, and a fee that
/// follows the volatility.
/// </summary>
internal sealed class DlmmPair
{
    /// <summary>Units in a bin.</summary>
    public const ulong Depth = 1_000_000_000;

    private static readonly Pubkey Key = KeyOf(1);

    /// <summary>Its writes: the pair, then its bin arrays.</summary>
    public AccountWrite[] Writes { get; } = [Write(Key, PairBytes()), .. Enumerable.Range(-1, 3).Select(Array)];

    /// <summary>A pool that has seen them.</summary>
    public MeteoraDlmmPool Pool()
    {
        var pool = new MeteoraDlmmPool(new PoolId(Key));
        foreach (var write in Writes) pool.Apply(write);
        return pool;
    }

    private static byte[] PairBytes()
    {
        var data = new byte[MeteoraDlmmLayout.PairLength];
        MeteoraDlmmLayout.PairDiscriminator.CopyTo(data);
        Set(MeteoraDlmmLayout.BinStep, 10);
        Set(MeteoraDlmmLayout.BaseFactor, 10_000);
        Set(MeteoraDlmmLayout.FilterPeriod, 30);
        Set(MeteoraDlmmLayout.DecayPeriod, 600);
        Set(MeteoraDlmmLayout.ReductionFactor, 5_000);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(MeteoraDlmmLayout.VariableFeeControl), 40_000);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(MeteoraDlmmLayout.AccumulatorMax), 350_000);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(MeteoraDlmmLayout.BinMin), -43_670);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(MeteoraDlmmLayout.BinMax), 43_670);
        KeyOf(2).CopyTo(data.AsSpan(MeteoraDlmmLayout.MintX));
        KeyOf(3).CopyTo(data.AsSpan(MeteoraDlmmLayout.MintY));
        // Bits of the arrays -1, 0 and 1.
        data[MeteoraDlmmLayout.Bitmap + 511 / 8] = 0x80;
        data[MeteoraDlmmLayout.Bitmap + 512 / 8] = 0x03;
        return data;

        void Set(int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(offset), value);
    }

    private static AccountWrite Array(int index)
    {
        var data = new byte[MeteoraDlmmLayout.ArrayLength];
        MeteoraDlmmLayout.ArrayDiscriminator.CopyTo(data);
        BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(MeteoraDlmmLayout.ArrayIndex), index);
        Key.CopyTo(data.AsSpan(MeteoraDlmmLayout.ArrayPair));
        for (var at = 0; at < MeteoraDlmmLayout.BinsPerArray; at++)
        {
            var bin = data.AsSpan(MeteoraDlmmLayout.Bins + at * BinLayout.Length);
            var number = index * MeteoraDlmmLayout.BinsPerArray + at;
            if (number >= 0) BinaryPrimitives.WriteUInt64LittleEndian(bin[BinLayout.AmountX..], Depth);
            if (number <= 0) BinaryPrimitives.WriteUInt64LittleEndian(bin[BinLayout.AmountY..], Depth);
            if (at % 3 != 0) continue;
            BinaryPrimitives.WriteUInt64LittleEndian(bin[BinLayout.OpenOrders..], Depth / 10);
            bin[BinLayout.AskSide] = number > 0 ? (byte)1 : (byte)0;
        }
        return Write(KeyOf((byte)(10 + index)), data);
    }

    private static AccountWrite Write(Pubkey key, byte[] data) => new()
    {
        Key = key,
        Owner = Programs.MeteoraDlmm,
        Lamports = 1,
        Slot = new Slot(1),
        WriteVersion = 1,
        Data = data,
    };

    private static Pubkey KeyOf(byte tag)
    {
        Span<byte> bytes = stackalloc byte[Pubkey.Length];
        bytes.Fill(tag);
        return new Pubkey(bytes);
    }
}
