using System.Buffers.Binary;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>Instructions to the compute budget program; none passes accounts.</summary>
public static class ComputeBudget
{
    /// <summary>Compute units that one such instruction costs.</summary>
    public const uint Units = 150;

    private const byte HeapTag = 1;
    private const byte LimitTag = 2;
    private const byte PriceTag = 3;
    private const byte LoadedBytesTag = 4;

    /// <summary>Bytes of heap that a program gets, a multiple of 1,024.</summary>
    public static Instruction Heap(uint bytes) => Of(Tagged(HeapTag, bytes));

    /// <summary>Compute units that the transaction may use, at most 1,400,000.</summary>
    public static Instruction Limit(uint units) => Of(Tagged(LimitTag, units));

    /// <summary>Micro-lamports paid for each unit of the limit.</summary>
    public static Instruction Price(ulong microLamports) => Of(InstructionBytes.Of([PriceTag], microLamports));

    /// <summary>The units of data that sets their limit; false when it does not.</summary>
    public static bool TryReadLimit(ReadOnlySpan<byte> data, out uint units)
    {
        var isLimit = data.Length == 1 + sizeof(uint) && data[0] == LimitTag;
        units = isLimit ? BinaryPrimitives.ReadUInt32LittleEndian(data[1..]) : 0;
        return isLimit;
    }

    /// <summary>The micro-lamports of data that sets the price of a unit; false when it does not.</summary>
    public static bool TryReadPrice(ReadOnlySpan<byte> data, out ulong microLamports)
    {
        var isPrice = data.Length == 1 + sizeof(ulong) && data[0] == PriceTag;
        microLamports = isPrice ? BinaryPrimitives.ReadUInt64LittleEndian(data[1..]) : 0;
        return isPrice;
    }

    /// <summary>Bytes of accounts that the transaction may load.</summary>
    public static Instruction LoadedBytes(uint bytes) => Of(Tagged(LoadedBytesTag, bytes));

    private static Instruction Of(byte[] data) =>
        new() { Program = Programs.ComputeBudget, Accounts = [], Data = data };

    private static byte[] Tagged(byte tag, uint value)
    {
        var data = new byte[1 + sizeof(uint)];
        data[0] = tag;
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(1), value);
        return data;
    }
}
