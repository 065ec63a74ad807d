using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>
/// The bin arrays that one swap instruction passes in one direction: the first ones with liquidity by the bitmap, from
/// the active bin's array on. It follows from the pair account alone, so that an array that was not seen does not
/// change which ones count.
/// </summary>
internal struct BinWindow
{
    private Items _items;

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>Why a swap that is left with an amount behind the last one is refused.</summary>
    public QuoteError End { get; set; }

    /// <summary>The array at a place in the order of the swap.</summary>
    [UnscopedRef]
    public readonly ref readonly Entry this[int place] => ref _items[place];

    /// <summary>Adds the next array.</summary>
    public void Add(int index, int account, UInt128[] prices) => _items[Count++] = new Entry(index, account, prices);

    /// <summary>Only the first <paramref name="count"/> arrays are left.</summary>
    public void Cut(int count) => Count = count;

    /// <param name="Index">Index of the array.</param>
    /// <param name="Account">Place of its account in the pool; -1 when it was not seen.</param>
    /// <param name="Prices">Prices of its bins.</param>
    public readonly record struct Entry(int Index, int Account, UInt128[] Prices)
    {
        /// <summary>Its lowest bin.</summary>
        public int FirstBin => Index * MeteoraDlmmLayout.BinsPerArray;
    }

    [InlineArray(MeteoraDlmmPool.ArraysPerSwap)]
    private struct Items
    {
        private Entry _first;
    }
}
