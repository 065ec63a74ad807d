using Mev.Domain.Pools.ConstantProduct;

namespace Mev.Domain.Pools.OrcaTokenSwap;

/// <summary>
/// The two fees on the input, each a fraction below 1 that is rounded down but is at least one unit. A numerator of 0
/// is no fee.
/// </summary>
/// <param name="TradeNumerator">Numerator of what stays in the pool.</param>
/// <param name="TradeDenominator">Its denominator.</param>
/// <param name="OwnerNumerator">Numerator of what the owner gets in pool tokens.</param>
/// <param name="OwnerDenominator">Its denominator.</param>
internal readonly record struct OrcaTokenSwapFees(
    ulong TradeNumerator, ulong TradeDenominator, ulong OwnerNumerator, ulong OwnerDenominator)
{
    /// <summary>
    /// Most units by which the fees together can fall short of the exact share: each is cut to whole ones.
    /// </summary>
    public int ShortUnits => (TradeNumerator == 0 ? 0 : 1) + (OwnerNumerator == 0 ? 0 : 1);

    /// <summary>Exact share of an input that both fees leave, in floating point; may be below 0.</summary>
    public double Keep => 1 - Share(TradeNumerator, TradeDenominator) - Share(OwnerNumerator, OwnerDenominator);

    /// <summary>Reads the fees of a pool account; false when one is no fraction below 1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> pool, out OrcaTokenSwapFees fees)
    {
        fees = new OrcaTokenSwapFees(
            AccountBytes.U64(pool, OrcaTokenSwapLayout.TradeFee),
            AccountBytes.U64(pool, OrcaTokenSwapLayout.TradeFee + sizeof(ulong)),
            AccountBytes.U64(pool, OrcaTokenSwapLayout.OwnerFee),
            AccountBytes.U64(pool, OrcaTokenSwapLayout.OwnerFee + sizeof(ulong)));
        return IsFraction(fees.TradeNumerator, fees.TradeDenominator)
            && IsFraction(fees.OwnerNumerator, fees.OwnerDenominator);
    }

    /// <summary>Both fees of an input; false when they exceed it.</summary>
    public bool TryTake(ulong amountIn, out ulong fee)
    {
        var trade = Of(amountIn, TradeNumerator, TradeDenominator);
        var owner = Of(amountIn, OwnerNumerator, OwnerDenominator);
        fee = unchecked(trade + owner);
        return owner <= amountIn && trade <= amountIn - owner;
    }

    private static ulong Of(ulong amount, ulong numerator, ulong denominator) =>
        numerator == 0 || amount == 0 ? 0 : Math.Max(1, ShareMath.Floor(amount, numerator, denominator));

    private static bool IsFraction(ulong numerator, ulong denominator) => numerator == 0 || numerator < denominator;

    private static double Share(ulong numerator, ulong denominator) =>
        numerator == 0 ? 0 : numerator / (double)denominator;
}
