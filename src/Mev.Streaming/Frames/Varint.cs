namespace Mev.Streaming.Frames;

/// <summary>Unsigned LEB128: seven bits a byte, the least first; at most ten bytes.</summary>
internal static class Varint
{
    public const int BytesMax = 10;

    public static int Length(ulong value)
    {
        var length = 1;
        for (; value >= 0x80; value >>= 7) length++;
        return length;
    }

    public static int Write(Span<byte> to, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7) to[length++] = (byte)(value | 0x80);
        to[length++] = (byte)value;
        return length;
    }

    /// <summary>How many bytes it takes; 0 when they are no number of 64 bits, or not all there.</summary>
    public static int Read(ReadOnlySpan<byte> from, out ulong value)
    {
        value = 0;
        for (var i = 0; i < from.Length && i < BytesMax; i++)
        {
            if (i == BytesMax - 1 && from[i] > 1) return 0;
            value |= (ulong)(from[i] & 0x7F) << (7 * i);
            if (from[i] < 0x80) return i + 1;
        }
        return 0;
    }
}
