using Mev.Domain.Chain;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>Swaps at a state: the walk over the bins, wrapped in the transfer fees of both mints.</summary>
internal static class MeteoraDlmmQuoting
{
    /// <summary>
    /// More bins than this do not surely fit into 1,400,000 compute units (up to about 62,000 + 6,200 each are seen).
    /// </summary>
    public const int BinsEnteredMax = 200;

    /// <summary>Everything about a swap but its fees, which <paramref name="trace"/> hears of.</summary>
    public static MeteoraDlmmSwap Swap<TTrace>(
        ref readonly MeteoraDlmmState state, ReadOnlySpan<PoolAccount> accounts, ref readonly BinWindow window,
        SwapDirection direction, ulong amount, bool isExactIn, in ChainClock clock, ref TTrace trace)
        where TTrace : struct, IBinTrace
    {
        var error = state.RefusalAt(clock);
        if (error == QuoteError.None && amount == 0) error = QuoteError.ZeroAmount;
        if (error != QuoteError.None) return new MeteoraDlmmSwap { Error = error };
        var (feeIn, feeOut) = state.HasTransferFee ? state.TransferFees(direction, clock.Epoch) : default;
        var asked = amount;
        if (isExactIn) asked = unchecked(amount - feeIn.Of(amount));
        else error = feeOut.Gross(amount, out asked);
        if (error != QuoteError.None) return new MeteoraDlmmSwap { Error = error };

        var volatility = state.VolatilityAt(clock);
        var walk = new MeteoraDlmmWalk<TTrace>(in state, accounts, direction, asked, isExactIn, volatility);
        error = walk.Run(in window, ref trace);
        if (error == QuoteError.None && walk.Out == 0) error = QuoteError.ZeroResult;
        var amountIn = amount;
        if (error == QuoteError.None && !isExactIn) error = feeIn.Gross(walk.In, out amountIn);
        if (error != QuoteError.None) return new MeteoraDlmmSwap { Error = error, BinsEntered = walk.BinsEntered };
        return new MeteoraDlmmSwap
        {
            AmountIn = amountIn,
            AmountOut = isExactIn ? unchecked(walk.Out - feeOut.Of(walk.Out)) : amount,
            ReserveOut = walk.Out,
            ActiveBin = walk.Bin,
            Accumulator = volatility.At(walk.Bin),
            Reference = volatility.Reference,
            IndexReference = volatility.IndexReference,
            LastUpdate = walk.Bin == state.ActiveBin ? state.LastUpdate : clock.UnixTime,
            FeeRate = walk.FeeRate,
            BinsEntered = walk.BinsEntered,
        };
    }

    /// <summary>The swap as a quote, refused when it enters more bins than fit into a transaction.</summary>
    public static Quote ToQuote(in MeteoraDlmmSwap swap)
    {
        var error = swap.Error == QuoteError.None && swap.BinsEntered > BinsEnteredMax
            ? QuoteError.TooManyCrossings
            : swap.Error;
        return error == QuoteError.None
            ? Quote.Of(swap.AmountIn, swap.AmountOut, swap.BinsEntered)
            : new Quote(default, default, error, swap.BinsEntered);
    }
}
