namespace Mev.Domain.Pools.Whirlpool;

/// <summary>Collects each crossed tick with what the input mint's fee growth had risen by at that moment.</summary>
internal struct CrossingTrace(ulong protocolShare, List<(int Tick, UInt128 FeeGrowth)> crossings) : ISwapTrace
{
    private FeeTrace _fees = new(protocolShare);

    /// <inheritdoc/>
    public static bool WantsFees => true;

    /// <inheritdoc/>
    public void OnFee(ulong fee, UInt128 liquidity) => _fees.OnFee(fee, liquidity);

    /// <inheritdoc/>
    public readonly void OnCrossed(int tick) => crossings.Add((tick, _fees.FeeGrowth));
}
