using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Adapters.Jito.Landing;

/// <summary>What a cycle would earn at a state of its pools.</summary>
internal static class CycleValue
{
    /// <summary>
    /// Profit after fixed fees and before the tip, as its message swaps: a hop puts in what was decided, or what the
    /// one before yields if less. Null where a pool refuses the swap, or stands there twice.
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
}
