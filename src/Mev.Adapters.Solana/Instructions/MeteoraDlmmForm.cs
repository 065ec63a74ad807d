namespace Mev.Adapters.Solana.Instructions;

/// <summary>The two families of instructions by which a Meteora DLMM pair swaps.</summary>
public enum MeteoraDlmmForm
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary><c>swap</c>, <c>swap_exact_out</c>: for mints of SPL Token alone.</summary>
    Swap = 1,

    /// <summary><c>swap2</c>, <c>swap_exact_out2</c>: any mints.</summary>
    Swap2 = 2,
}
