using System.Buffers.Binary;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>
/// Writes into the bytes of the accounts what the program would write for a swap. Of a bin's fields the market makers'
/// are seen in recorded states, and those of orders being filled; that orders not touched before become orders being
/// filled as a whole follows from how the program's users read an order's age.
/// </summary>
internal static class MeteoraDlmmExecution
{
    /// <summary>The pair account after a swap.</summary>
    public static void WritePair(Span<byte> pair, in MeteoraDlmmSwap swap, bool isFeeInX)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(pair[MeteoraDlmmLayout.Accumulator..], swap.Accumulator);
        BinaryPrimitives.WriteUInt32LittleEndian(pair[MeteoraDlmmLayout.Reference..], swap.Reference);
        BinaryPrimitives.WriteInt32LittleEndian(pair[MeteoraDlmmLayout.IndexReference..], swap.IndexReference);
        BinaryPrimitives.WriteInt64LittleEndian(pair[MeteoraDlmmLayout.LastUpdate..], swap.LastUpdate);
        BinaryPrimitives.WriteInt32LittleEndian(pair[MeteoraDlmmLayout.ActiveBin..], swap.ActiveBin);
        AddWrapping(pair, OwedOffset(isFeeInX), swap.ProtocolFee);
    }

    /// <summary>Whether the protocol's owed fee would pass u64, where the program refuses.</summary>
    public static bool OverflowsOwed(ReadOnlySpan<byte> pair, bool isFeeInX, ulong protocolFee) =>
        AccountBytes.U64(pair, OwedOffset(isFeeInX)) > ulong.MaxValue - protocolFee;

    /// <summary>One bin after it gave something.</summary>
    public static void WriteBin(
        Span<byte> bin, in BinFill fill, ulong fee, bool isXToY, bool isFeeInX, ulong protocolShare)
    {
        var (inOffset, outOffset) = isXToY
            ? (BinLayout.AmountX, BinLayout.AmountY)
            : (BinLayout.AmountY, BinLayout.AmountX);
        AccountBytes.Add(bin, inOffset, fill.MakersIn);
        AccountBytes.Subtract(bin, outOffset, fill.MakersOut);
        var (makersFee, ordersFee, _) = MeteoraDlmmFees.Divide(fee, fill, protocolShare);
        WriteMakersFee(bin, makersFee, isFeeInX);
        WriteOrders(bin, fill, isXToY);
        AddWrapping(bin, isXToY ? BinLayout.BidFee : BinLayout.AskFee, ordersFee);
    }

    private static void WriteMakersFee(Span<byte> bin, ulong fee, bool isFeeInX)
    {
        var shares = AccountBytes.U128(bin, BinLayout.Supply) >> 64;
        if (fee == 0 || shares == UInt128.Zero) return;
        var offset = isFeeInX ? BinLayout.FeePerShareX : BinLayout.FeePerShareY;
        var growth = new UInt128(fee, 0) / shares;
        BinaryPrimitives.WriteUInt128LittleEndian(
            bin[offset..], unchecked(AccountBytes.U128(bin, offset) + growth));
    }

    private static void WriteOrders(Span<byte> bin, in BinFill fill, bool isXToY)
    {
        AccountBytes.Subtract(bin, BinLayout.ProcessedLeft, fill.ProcessedOut);
        AddWrapping(
            bin, isXToY ? BinLayout.FulfilledY : BinLayout.FulfilledX,
            unchecked(fill.ProcessedOut + fill.OpenOut));
        if (fill.OpenOut == 0) return;
        var open = AccountBytes.U64(bin, BinLayout.OpenOrders);
        AccountBytes.Set(bin, BinLayout.OpenOrders, 0);
        AccountBytes.Set(bin, BinLayout.ProcessedTotal, open);
        AccountBytes.Set(bin, BinLayout.ProcessedLeft, open - fill.OpenOut);
        var age = AccountBytes.U32(bin, BinLayout.OrderAge);
        BinaryPrimitives.WriteUInt32LittleEndian(bin[BinLayout.OrderAge..], unchecked(age + 1));
    }

    private static int OwedOffset(bool isFeeInX) =>
        isFeeInX ? MeteoraDlmmLayout.ProtocolFeeX : MeteoraDlmmLayout.ProtocolFeeY;

    // What the program keeps in wrapping integers, and what only impossible bytes make overflow.
    private static void AddWrapping(Span<byte> data, int offset, ulong value) =>
        AccountBytes.Set(data, offset, unchecked(AccountBytes.U64(data, offset) + value));
}
