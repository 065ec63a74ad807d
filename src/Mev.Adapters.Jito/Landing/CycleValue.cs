using System.Collections.Immutable;
using Mev.Domain.Bundles;
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
    /// The same of its own message: that fails as a whole where a hop yields less than the next one puts in, or the
    /// last less than its guard, so it earns no more than its tip there, however much somebody else could. More than
    /// the tip thus says that the message succeeds at this state.
    /// </summary>
    public static Lamports? OfMessage(BundleSubmission message, ImmutableArray<Pool> pools, ChainClock clock)
    {
        var value = Of(message.Hops, message.Fee, pools, clock);
        if (value is not { } worth || worth <= message.Tip) return value;
        return worth - message.Tip >= message.ProfitMin && Holds(message.Hops, pools, clock) ? worth : message.Tip;
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
