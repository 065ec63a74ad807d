using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Jito.Landing;

/// <summary>What a submitted cycle would earn at a state of its pools.</summary>
internal static class CycleValue
{
    /// <summary>
    /// Profit after fixed fees and before the tip, as its message swaps: a hop puts in what was decided, or what the
    /// one before yields if less. Null where a pool refuses the swap, or stands there twice.
    /// </summary>
    public static Lamports? Of(BundleSubmission submission, ImmutableArray<Pool> pools, ChainClock clock)
    {
        if (submission.Hops.IsEmpty || pools.DistinctBy(pool => pool.Id).Count() < pools.Length) return null;
        var amount = submission.Hops[0].AmountIn;
        foreach (var (hop, pool) in submission.Hops.Zip(pools))
        {
            var amountIn = amount.Units < hop.AmountIn.Units ? amount : hop.AmountIn;
            var quote = pool.QuoteExactIn(hop.Hop.Direction, amountIn, clock);
            if (!quote.IsOk) return null;
            amount = quote.AmountOut;
        }
        var gross = (Int128)amount.Units - submission.Hops[0].AmountIn.Units;
        return gross < long.MinValue || gross > long.MaxValue ? null : new Lamports((long)gross) - submission.Fee;
    }
}
