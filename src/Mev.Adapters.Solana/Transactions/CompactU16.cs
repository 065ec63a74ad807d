namespace Mev.Adapters.Solana.Transactions;

/// <summary>
/// Lengths on the wire: 7 bits in a byte, low ones first, the high bit where another byte follows; three bytes at
/// most, and never more than the number needs.
/// </summary>
public static class CompactU16
{
    /// <summary>Bytes of a length at most.</summary>
    public const int LengthMax = 3;

    /// <summary>Bytes that a length takes.</summary>
    public static int LengthOf(int value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : LengthMax;

    /// <summary>Writes a length to the front and returns how many bytes it took.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not within 0 to 65,535.</exception>
    public static int Write(int value, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ushort.MaxValue);
        var count = LengthOf(value);
        for (var i = 0; i < count; i++)
        {
            destination[i] = (byte)((value & 0x7f) | (i + 1 < count ? 0x80 : 0));
            value >>= 7;
        }
        return count;
    }

    /// <summary>Reads a length from the front; <paramref name="count"/> is how many bytes it took.</summary>
    public static TransactionDefect Read(ReadOnlySpan<byte> source, out int value, out int count)
    {
        value = 0;
        for (count = 0; count < LengthMax;)
        {
            if (count == source.Length) return TransactionDefect.Truncated;
            var part = source[count];
            value |= (part & 0x7f) << (7 * count++);
            if ((part & 0x80) != 0) continue;
            return count == LengthOf(value) && value <= ushort.MaxValue
                ? TransactionDefect.None
                : TransactionDefect.Length;
        }
        return TransactionDefect.Length;
    }
}
