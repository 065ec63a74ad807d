using System.Numerics;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>Which bin arrays have liquidity, as the pair account and its bitmap extension tell.</summary>
internal static class BinArrayBitmap
{
    /// <summary>The pair account tells of the arrays from here on.</summary>
    public const int IndexMin = -512;

    /// <summary>The last array that the pair account tells of.</summary>
    public const int IndexMax = 511;

    private const int BitsPerWord = 64;

    /// <summary>
    /// The next array with liquidity in the pair account's bitmap, <paramref name="from"/> itself included. False when
    /// there is none up to the bitmap's end.
    /// </summary>
    /// <param name="pair">The pair account.</param>
    /// <param name="from">Index of the array to begin with, of any value.</param>
    /// <param name="isDown">Toward lower indices.</param>
    /// <param name="index">The array found.</param>
    public static bool TryFind(ReadOnlySpan<byte> pair, int from, bool isDown, out int index)
    {
        index = 0;
        if (from is < IndexMin or > IndexMax) return false;
        var place = from - IndexMin;
        var word = place / BitsPerWord;
        var bit = place % BitsPerWord;
        var mask = isDown ? ulong.MaxValue >> (BitsPerWord - 1 - bit) : ulong.MaxValue << bit;
        while (word is >= 0 and < (IndexMax - IndexMin + 1) / BitsPerWord)
        {
            var bits = AccountBytes.U64(pair, MeteoraDlmmLayout.Bitmap + word * sizeof(ulong)) & mask;
            if (bits != 0)
            {
                var found = isDown ? BitOperations.Log2(bits) : BitOperations.TrailingZeroCount(bits);
                index = IndexMin + word * BitsPerWord + found;
                return true;
            }
            mask = ulong.MaxValue;
            word += isDown ? -1 : 1;
        }
        return false;
    }

    /// <summary>Arrays with liquidity of which a bitmap extension tells.</summary>
    public static int CountBeyond(ReadOnlySpan<byte> extension)
    {
        var count = 0;
        for (var offset = MeteoraDlmmLayout.ExtensionBits; offset < extension.Length; offset += sizeof(ulong))
            count += BitOperations.PopCount(AccountBytes.U64(extension, offset));
        return count;
    }
}
