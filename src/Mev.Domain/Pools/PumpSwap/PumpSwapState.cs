using Mev.Domain.Pools.ConstantProduct;

namespace Mev.Domain.Pools.PumpSwap;

/// <summary>
/// What swaps read, prepared once per pool state. All fees are on the quote amount, whichever way the swap goes.
/// </summary>
/// <param name="Base">Units of the base mint in its vault, above 0.</param>
/// <param name="Quote">Units of the quote mint in its vault, above 0.</param>
/// <param name="Rates">The fees.</param>
internal readonly record struct PumpSwapState(ulong Base, ulong Quote, PumpSwapRates Rates)
{
    /// <summary>A sale of base.</summary>
    public QuoteError Sell(ulong baseIn, out PumpSwapSwap swap)
    {
        swap = default;
        if (baseIn == 0) return QuoteError.ZeroAmount;
        if (baseIn > ulong.MaxValue - Base) return QuoteError.Overflow;
        var quote = ShareMath.Floor(Quote, baseIn, Base + baseIn);
        var fees = Rates.All(quote);
        if (fees > quote) return QuoteError.ZeroResult;
        var user = quote - (ulong)fees;
        swap = new PumpSwapSwap(baseIn, user, user + (ulong)Rates.Leaving(quote));
        return QuoteError.None;
    }

    /// <summary>A purchase of a wanted amount of base.</summary>
    public QuoteError Buy(ulong baseOut, out PumpSwapSwap swap)
    {
        swap = default;
        if (baseOut == 0) return QuoteError.ZeroAmount;
        if (baseOut >= Base) return QuoteError.Overflow;
        if (!ShareMath.TryCeiling(Quote, baseOut, Base - baseOut, out var quote)) return QuoteError.Overflow;
        return Pay(baseOut, quote, quote + Rates.All(quote), out swap);
    }

    /// <summary>
    /// A purchase for a given quote amount. What rounding leaves of it is paid too: the program's own account of it is
    /// not known, so the pool is taken to keep it.
    /// </summary>
    public QuoteError BuyFor(ulong quoteIn, out PumpSwapSwap swap)
    {
        swap = default;
        if (quoteIn == 0) return QuoteError.ZeroAmount;
        var quote = NetOf(quoteIn);
        if (quote <= 1) return QuoteError.ZeroResult;
        var swapped = quote - 1;
        if (swapped > ulong.MaxValue - Quote) return QuoteError.Overflow;
        var baseOut = ShareMath.Floor(Base, swapped, Quote + swapped);
        return baseOut == 0 ? QuoteError.ZeroResult : Pay(baseOut, quote, quoteIn, out swap);
    }

    /// <summary>
    /// What the reference SDK proposes to sell for a wanted quote amount; the sale may yield a few units less, as fees
    /// are rounded one by one. <see cref="QuoteError.Overflow"/> when the pool has not so much.
    /// </summary>
    public QuoteError BaseFor(ulong quoteOut, out ulong baseIn)
    {
        baseIn = 0;
        if (quoteOut == 0) return QuoteError.ZeroAmount;
        var share = PumpSwapRates.Whole - Rates.Total;
        var isWithin = quoteOut <= Quote
            && ShareMath.TryCeiling(quoteOut, PumpSwapRates.Whole, share, out var quoteBeforeFees)
            && quoteBeforeFees < Quote
            && ShareMath.TryCeiling(Base, quoteBeforeFees, Quote - quoteBeforeFees, out baseIn);
        return isWithin ? QuoteError.None : QuoteError.Overflow;
    }

    /// <summary>The quote amount that with its fees makes at most the whole amount paid.</summary>
    public ulong NetOf(ulong quoteIn)
    {
        var net = ShareMath.Floor(quoteIn, PumpSwapRates.Whole, PumpSwapRates.Whole + Rates.Total);
        var paid = net + Rates.All(net);
        var excess = paid > quoteIn ? paid - quoteIn : 0;
        return excess < net ? net - (ulong)excess : 0;
    }

    private QuoteError Pay(ulong baseOut, ulong quote, UInt128 paid, out PumpSwapSwap swap)
    {
        swap = default;
        var leaving = Rates.Leaving(quote);
        if (paid > ulong.MaxValue || paid - leaving > ulong.MaxValue - Quote) return QuoteError.Overflow;
        swap = new PumpSwapSwap((ulong)paid, baseOut, (ulong)(paid - leaving));
        return QuoteError.None;
    }
}
