namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>Collects each crossed tick with what the input mint's fee growth had risen by at that moment.</summary>
internal struct CrossingTrace<TFees>(TFees fees, List<(int Tick, UInt128 FeeGrowth)> crossings) : ISwapTrace
    where TFees : struct, IFeeTrace
{
    /// <summary>The fees so far.</summary>
    public TFees Fees = fees;

    /// <inheritdoc/>
    public static bool WantsFees => true;

    /// <inheritdoc/>
    public void OnFee(ulong fee, UInt128 liquidity) => Fees.OnFee(fee, liquidity);

    /// <inheritdoc/>
    public readonly void OnCrossed(int tick) => crossings.Add((tick, Fees.FeeGrowth));
}
