namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>Everything that one swap does at one Raydium CLMM state, crossings counted but not limited.</summary>
public readonly record struct RaydiumClmmSwap
{
    /// <summary>Why the program refuses; every other member is then 0 but <see cref="TicksCrossed"/>.</summary>
    public QuoteError Error { get; init; }

    /// <summary>
    /// Units of the input mint taken, fee included; below the amount asked when the price limit ends it.
    /// </summary>
    public ulong AmountIn { get; init; }

    /// <summary>Units of the output mint given.</summary>
    public ulong AmountOut { get; init; }

    /// <summary>Square-root price afterwards, Q64.64.</summary>
    public UInt128 SqrtPrice { get; init; }

    /// <summary>Liquidity in range afterwards.</summary>
    public UInt128 Liquidity { get; init; }

    /// <summary>Current tick afterwards.</summary>
    public int Tick { get; init; }

    /// <summary>The protocol's part of the fee, units of the input mint.</summary>
    public ulong ProtocolFee { get; init; }

    /// <summary>The fund's part of the fee, units of the input mint.</summary>
    public ulong FundFee { get; init; }

    /// <summary>The liquidity providers' part of the fee, units of the input mint.</summary>
    public ulong LiquidityFee { get; init; }

    /// <summary>What the fee growth of the input mint rises by, Q64.64 per unit of liquidity.</summary>
    public UInt128 FeeGrowth { get; init; }

    /// <summary>Initialised ticks crossed, which decide the compute units.</summary>
    public int TicksCrossed { get; init; }
}
