using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Adapters.Jito.Landing;

/// <summary>What a cycle would earn at a state of its pools.</summary>
internal static class CycleValue
{
    /// <summary>
    /// Profit after fixed fees and before the tip of whoever takes it: a hop puts in what was decided, or what the one
    /// before yields if less. Null where a pool refuses the swap, or stands there twice.
    /// </summary>
    public static Lamports? Of(
        ImmutableArray<HopAmounts> hops, Lamports fee, ImmutableArray<Pool> pools, ChainClock clock)
    {
        if (hops.IsEmpty || pools.DistinctBy(pool => pool.Id).Count() < pools.Length) return null;
        var amount = hops[0].AmountIn;
        foreach (var (hop, pool) in hops.Zip(pools))
        {
            var amountIn = amount.Units < hop.AmountIn.Units ? amount : hop.AmountIn;
            var quote = pool.QuoteExactIn(hop.Hop.Direction, amountIn, clock);
            if (!quote.IsOk) return null;
            amount = quote.AmountOut;
        }
        var gross = (Int128)amount.Units - hops[0].AmountIn.Units;
        return gross < long.MinValue || gross > long.MaxValue ? null : new Lamports((long)gross) - fee;
    }

    /// <summary>
    /// The same of its own message: that fails as a whole where a hop yields less than the next one puts in, so there
    /// it earns nothing, however much somebody else could.
    /// </summary>
    public static Lamports? OfMessage(
        ImmutableArray<HopAmounts> hops, Lamports fee, ImmutableArray<Pool> pools, ChainClock clock)
    {
        var value = Of(hops, fee, pools, clock);
        return value > Lamports.Zero && !Holds(hops, pools, clock) ? Lamports.Zero : value;
    }

    private static bool Holds(ImmutableArray<HopAmounts> hops, ImmutableArray<Pool> pools, ChainClock clock)
    {
        for (var i = 0; i + 1 < hops.Length; i++)
        {
            var quote = pools[i].QuoteExactIn(hops[i].Hop.Direction, hops[i].AmountIn, clock);
            if (!quote.IsOk || quote.AmountOut.CompareTo(hops[i + 1].AmountIn) < 0) return false;
        }
        return true;
    }
}
