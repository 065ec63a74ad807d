namespace Mev.Adapters.Solana.Instructions;

/// <summary>The two instructions by which a Whirlpool swaps.</summary>
public enum WhirlpoolForm
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary><c>swap</c>: the shorter one, for mints of SPL Token alone.</summary>
    Swap = 1,

    /// <summary><c>swap_v2</c>: any mints.</summary>
    SwapV2 = 2,
}
