namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>What a swap in one direction has before it: where it stands, and the ticks up to which it may go.</summary>
internal readonly ref struct TickStretch
{
    /// <summary>A to B: the price falls.</summary>
    public required bool IsDown { get; init; }

    /// <summary>The initialised ticks, ascending.</summary>
    public required ReadOnlySpan<InitialisedTick> Ticks { get; init; }

    /// <summary>How many of them are not above the pool's tick.</summary>
    public required int Position { get; init; }

    /// <summary>Downward the first tick that may be crossed; upward the first one that may not.</summary>
    public required int Bound { get; init; }

    /// <summary>Price where the stretch ends beyond its last tick; 0 when it ends at that tick.</summary>
    public UInt128 EdgePrice { get; init; }

    /// <summary>Square-root price, Q64.64.</summary>
    public required UInt128 SqrtPrice { get; init; }

    /// <summary>Liquidity in range.</summary>
    public required UInt128 Liquidity { get; init; }

    /// <summary>Fee in millionths of the input.</summary>
    public required ulong FeeRate { get; init; }

    /// <summary>A tick stands before that place.</summary>
    public bool HasTickAt(int position) => IsDown ? position > Bound : position < Bound;

    /// <summary>The tick before that place.</summary>
    public InitialisedTick TickAt(int position) => Ticks[IsDown ? position - 1 : position];
}
