using System.Buffers.Binary;
using System.Numerics;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>
/// Which tick arrays hold an initialised tick, by the number of the array: its start over its span. The pool account
/// tells of -512 to 511, the extension's positive side of 512 to 7,679. The order of the bits on its negative side is
/// not proven, so that is only known to be empty or not. Immutable, so pool copies share it.
/// </summary>
internal sealed class RaydiumClmmBitmap
{
    /// <summary>Stands for no array.</summary>
    public const int None = int.MinValue;

    /// <summary>The lowest array that the pool account tells of.</summary>
    public const int Lowest = -512;

    private const int WordCount = (RaydiumClmmLayout.BitmapLength + RaydiumClmmLayout.ExtensionSideLength) / 8;

    private readonly ulong[] _words; // the two follow on each other, lowest bit first

    private RaydiumClmmBitmap(ReadOnlySpan<ulong> words, bool hasNegative) =>
        (_words, HasNegative) = (words.ToArray(), hasNegative);

    /// <summary>Without any array.</summary>
    public static RaydiumClmmBitmap Empty { get; } = new(new ulong[WordCount], false);

    /// <summary>Arrays below <see cref="Lowest"/> hold ticks.</summary>
    public bool HasNegative { get; }

    /// <summary>
    /// Reads a pool account and its extension, which may be empty; the same object again when nothing changed.
    /// </summary>
    public static RaydiumClmmBitmap Read(
        ReadOnlySpan<byte> pool, ReadOnlySpan<byte> extension, RaydiumClmmBitmap previous)
    {
        Span<ulong> words = stackalloc ulong[WordCount];
        words.Clear();
        const int inner = RaydiumClmmLayout.BitmapLength / sizeof(ulong);
        Read(pool[RaydiumClmmLayout.Bitmap..], words[..inner]);
        var hasNegative = false;
        if (!extension.IsEmpty)
        {
            Read(extension[RaydiumClmmLayout.ExtensionPositive..], words[inner..]);
            hasNegative = extension
                .Slice(RaydiumClmmLayout.ExtensionNegative, RaydiumClmmLayout.ExtensionSideLength)
                .ContainsAnyExcept((byte)0);
        }
        var isSame = hasNegative == previous.HasNegative && words.SequenceEqual(previous._words);
        return isSame ? previous : new RaydiumClmmBitmap(words, hasNegative);
    }

    /// <summary>Whether that array holds an initialised tick.</summary>
    public bool Holds(int array)
    {
        var bit = array - Lowest;
        return (uint)bit < 64 * WordCount && (_words[bit >> 6] >> (bit & 63) & 1) != 0;
    }

    /// <summary>The nearest array with ticks from that one on, itself too; <see cref="None"/> at the end.</summary>
    public int Next(int array, bool isDown)
    {
        var bit = array - Lowest;
        return isDown ? NextDown(Math.Min(bit, 64 * WordCount - 1)) : NextUp(Math.Max(bit, 0));
    }

    private int NextDown(int bit)
    {
        if (bit < 0) return None;
        var word = bit >> 6;
        var bits = _words[word] & (ulong.MaxValue >> (63 - (bit & 63)));
        while (bits == 0)
        {
            if (--word < 0) return None;
            bits = _words[word];
        }
        return (word << 6) + BitOperations.Log2(bits) + Lowest;
    }

    private int NextUp(int bit)
    {
        var word = bit >> 6;
        if (word >= WordCount) return None;
        var bits = _words[word] & (ulong.MaxValue << (bit & 63));
        while (bits == 0)
        {
            if (++word == WordCount) return None;
            bits = _words[word];
        }
        return (word << 6) + BitOperations.TrailingZeroCount(bits) + Lowest;
    }

    private static void Read(ReadOnlySpan<byte> data, Span<ulong> words)
    {
        for (var i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(data[(i * sizeof(ulong))..]);
    }
}
