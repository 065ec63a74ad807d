using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>
/// Reads a transaction's bytes from front to back. The first defect stays, and everything after it reads as nothing,
/// so a caller asks once at the end.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public TransactionDefect Defect { get; private set; }

    public readonly int Left => _rest.Length;

    public readonly byte Peek => _rest.IsEmpty ? (byte)0 : _rest[0];

    public byte Byte() => Bytes(1) is [var value] ? value : (byte)0;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (Defect == TransactionDefect.None && count > _rest.Length) Defect = TransactionDefect.Truncated;
        if (Defect != TransactionDefect.None) return [];
        var head = _rest[..count];
        _rest = _rest[count..];
        return head;
    }

    /// <summary>How many items follow, each at least that long; more than the bytes can hold is a defect.</summary>
    public int Count(int itemLengthMin)
    {
        if (Defect != TransactionDefect.None) return 0;
        Defect = CompactU16.Read(_rest, out var value, out var count);
        if (Defect != TransactionDefect.None) return 0;
        _rest = _rest[count..];
        if (value * itemLengthMin <= _rest.Length) return value;
        Defect = TransactionDefect.Truncated;
        return 0;
    }

    public byte[] CountedBytes() => Bytes(Count(1)).ToArray();

    public Pubkey Key() => Bytes(Pubkey.Length) is { IsEmpty: false } bytes ? new Pubkey(bytes) : default;

    public void End()
    {
        if (Defect == TransactionDefect.None && !_rest.IsEmpty) Defect = TransactionDefect.TrailingBytes;
    }
}
