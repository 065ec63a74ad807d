namespace Mev.Domain.Pools;

/// <summary>
/// Why a swap would fail on chain. Each value stands for one cause; <see cref="QuoteErrors"/> gives the program's own
/// name of it.
/// </summary>
public enum QuoteError : byte
{
    /// <summary>The swap succeeds.</summary>
    None = 0,

    /// <summary>
    /// The pool's state cannot be quoted (see <see cref="Pool.Defect"/>): not a statement about the chain.
    /// </summary>
    NotQuotable,

    /// <summary>A value above u64 or a division by zero inside the program, which panics.</summary>
    Overflow,

    /// <summary>The specified amount is zero.</summary>
    ZeroAmount,

    /// <summary>
    /// An amount that must be positive comes out as zero or less (Raydium 0x1d, CPMM RequireGtViolated, CLMM 6026,
    /// token-swap 0x14).
    /// </summary>
    ZeroResult,

    /// <summary>The three tick arrays end before the amount is used up (Whirlpool 6038).</summary>
    TickArraySequenceInvalidIndex,

    /// <summary>A swap without a limit cannot be filled (Whirlpool 6057, CLMM RequireEqViolated).</summary>
    PartialFill,

    /// <summary>A price limit out of bounds (Whirlpool 6011; CLMM 6013, also behind the price).</summary>
    SqrtPriceOutOfBounds,

    /// <summary>A price limit on the wrong side of the price (Whirlpool 6034).</summary>
    InvalidSqrtPriceLimitDirection,

    /// <summary>More tick crossings than fit into a transaction's compute limit.</summary>
    TooManyCrossings,

    /// <summary>Swaps are switched off in the pool's status.</summary>
    SwapDisabled,

    /// <summary>The pool opens later than the clock says.</summary>
    NotOpenYet,

    /// <summary>The price would leave the pool's range (DAMM v2 6015).</summary>
    PriceRangeViolation,

    /// <summary>
    /// The program has no swap for a wanted output in this direction, or none that a vector proves. Says nothing of
    /// exact-in swaps.
    /// </summary>
    NoExactOut,

    /// <summary>The swap comes to a bin array that its instruction does not pass (DLMM, Anchor 3005).</summary>
    BinArrayNotPassed,

    /// <summary>The swap comes to the end of the bitmap of bin arrays, which has no extension (DLMM 6036).</summary>
    BitmapExtensionMissing,

    /// <summary>The input that should bring an exact output brings less by rounding (DLMM 6085).</summary>
    Undetermined,

    /// <summary>No initialised tick is left before the amount is used up (CLMM 6019).</summary>
    LiquidityInsufficient,

    /// <summary>There is no tick array with an initialised tick in that direction (CLMM).</summary>
    LiquidityInsufficientForDirection,

    /// <summary>The swap passes more tick arrays than its instruction names (CLMM).</summary>
    NotEnoughTickArrays,
}
