namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>What a walk tells on its way, for whoever needs more than the two amounts.</summary>
internal interface ISwapTrace
{
    /// <summary>Fees are wanted: a last step works its input out although the amounts do not need it.</summary>
    static abstract bool WantsFees { get; }

    /// <summary>A step took this fee at this liquidity.</summary>
    void OnFee(ulong fee, UInt128 liquidity);

    /// <summary>An initialised tick was crossed; the fee of the step up to it was told before.</summary>
    void OnCrossed(int tick);

    /// <summary>Tells nothing.</summary>
    internal readonly struct None : ISwapTrace
    {
        public static bool WantsFees => false;

        public void OnFee(ulong fee, UInt128 liquidity)
        {
        }

        public void OnCrossed(int tick)
        {
        }
    }
}
