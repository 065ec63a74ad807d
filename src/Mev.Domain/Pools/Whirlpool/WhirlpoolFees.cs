namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// The program's fee arithmetic. Rates are in millionths (fee) and ten-thousandths of the fee (protocol).
/// </summary>
public static class WhirlpoolFees
{
    /// <summary>Denominator of the fee rate.</summary>
    public const ulong RateOne = 1_000_000;

    /// <summary>Denominator of the protocol's share of a fee.</summary>
    public const ulong ProtocolShareOne = 10_000;

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
    /// two-byte fee rate.
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

    /// <summary>The protocol's part of a fee: floor(fee * share / 10^4), for a share of at most 10^4.</summary>
    public static ulong ProtocolPart(ulong fee, ulong share)
    {
        unchecked
        {
            var whole = fee / ProtocolShareOne;
            return whole * share + (fee - whole * ProtocolShareOne) * share / ProtocolShareOne;
        }
    }
}
