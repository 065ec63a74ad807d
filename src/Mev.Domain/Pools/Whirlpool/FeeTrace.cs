using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// Splits the fee of each step between the protocol and the liquidity providers, as the program does.
/// </summary>
internal struct FeeTrace(ulong protocolShare) : IFeeTrace
{
    /// <inheritdoc/>
    public static bool WantsFees => true;

    /// <summary>The protocol's part so far.</summary>
    public ulong ProtocolFee { get; private set; }

    /// <summary>The liquidity providers' part so far.</summary>
    public ulong LiquidityFee { get; private set; }

    /// <inheritdoc/>
    public UInt128 FeeGrowth { get; private set; }

    /// <inheritdoc/>
    public void OnFee(ulong fee, UInt128 liquidity)
    {
        unchecked
        {
            var protocolFee = WhirlpoolFees.ProtocolPart(fee, protocolShare);
            ProtocolFee += protocolFee;
            LiquidityFee += fee - protocolFee;
            if (liquidity != UInt128.Zero) FeeGrowth += new UInt128(fee - protocolFee, 0) / liquidity;
        }
    }

    /// <inheritdoc/>
    public readonly void OnCrossed(int tick)
    {
    }
}
