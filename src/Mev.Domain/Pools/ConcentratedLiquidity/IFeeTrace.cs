namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>A trace that shares the fees as its program does.</summary>
internal interface IFeeTrace : ISwapTrace
{
    /// <summary>
    /// Rise of the input mint's fee growth so far, Q64.64 per unit of liquidity; wraps as the program's.
    /// </summary>
    UInt128 FeeGrowth { get; }
}
