using Mev.Domain.Pools.ConcentratedLiquidity;
using Mev.Domain.Pools.ConstantProduct;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>
/// Splits the fee of each step between the protocol, the fund and the liquidity providers, as the program does. Rates
/// are in millionths of the fee.
/// </summary>
internal struct RaydiumClmmFeeTrace(uint protocolRate, uint fundRate) : IFeeTrace
{
    /// <inheritdoc/>
    public static bool WantsFees => true;

    /// <summary>The protocol's part so far.</summary>
    public ulong ProtocolFee { get; private set; }

    /// <summary>The fund's part so far.</summary>
    public ulong FundFee { get; private set; }

    /// <summary>The liquidity providers' part so far; of a step without liquidity there is none.</summary>
    public ulong LiquidityFee { get; private set; }

    /// <inheritdoc/>
    public UInt128 FeeGrowth { get; private set; }

    /// <inheritdoc/>
    public void OnFee(ulong fee, UInt128 liquidity)
    {
        var protocolFee = ShareMath.FloorMillionths(fee, protocolRate);
        var fundFee = ShareMath.FloorMillionths(fee, fundRate);
        unchecked
        {
            // All fees of a swap together are below its input.
            ProtocolFee += protocolFee;
            FundFee += fundFee;
            if (liquidity == UInt128.Zero) return;
            var rest = fee - protocolFee - fundFee;
            LiquidityFee += rest;
            FeeGrowth += new UInt128(rest, 0) / liquidity;
        }
    }

    /// <inheritdoc/>
    public readonly void OnCrossed(int tick)
    {
    }
}
