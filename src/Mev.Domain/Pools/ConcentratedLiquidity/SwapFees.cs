namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>The fee of a step, taken from its input. Rates are in millionths.</summary>
public static class SwapFees
{
    /// <summary>Denominator of the fee rate.</summary>
    public const ulong RateOne = 1_000_000;

    /// <summary>What is left of an amount after the fee: floor(amount * (10^6 - fee) / 10^6).</summary>
    public static ulong Net(ulong amount, ulong feeRate)
    {
        unchecked
        {
            // Split at 10^6 so that no product passes u64: rate and rest are both below 10^6.
            var keep = RateOne - feeRate;
            var millions = amount / RateOne;
            return millions * keep + (amount - millions * RateOne) * keep / RateOne;
        }
    }

    /// <summary>
    /// The fee on top of an amount that reached its target: ceil(amount * fee / (10^6 - fee)). Below u64 for every
    /// rate of at most a half.
    /// </summary>
    public static ulong OnTop(ulong amount, ulong feeRate)
    {
        unchecked
        {
            var keep = RateOne - feeRate;
            var whole = amount / keep;
            return whole * feeRate + ((amount - whole * keep) * feeRate + keep - 1) / keep;
        }
    }
}
