using Mev.Domain.Pools;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>
/// Compute units of a swap: at most <paramref name="Start"/>, and <paramref name="Step"/> more for each initialised
/// tick that it crosses or bin that it moves. The figures enclose every successful vector of the real programs (tests
/// hold them to it), so a limit made of them is tight and yet holds; a lower limit is a higher bid for the same tip.
/// </summary>
/// <param name="Start">Units of a swap that stays where it is.</param>
/// <param name="Step">Units of each further tick or bin.</param>
public readonly record struct ComputeUse(uint Start, uint Step)
{
    /// <summary>Measured 19,536 to 23,739.</summary>
    public static ComputeUse RaydiumAmmV4 { get; } = new(24_000, 0);

    /// <summary>Measured 22,128 to 23,154 with mints of SPL Token alone.</summary>
    public static ComputeUse RaydiumCpmm { get; } = new(23_500, 0);

    /// <summary>Measured 32,324 to 33,123 with one mint of Token-2022: so much more for each.</summary>
    public static ComputeUse RaydiumCpmmToken2022 { get; } = new(10_000, 0);

    /// <summary>Measured 31,135 to 1,387,350 over 0 to 179 crossings.</summary>
    public static ComputeUse Whirlpool { get; } = new(57_000, 7_520);

    /// <summary>Measured 60,555 to 248,132 over 0 to 12 crossings.</summary>
    public static ComputeUse RaydiumClmm { get; } = new(80_000, 18_000);

    /// <summary>Measured 39,363 to 355,649 over 0 to 55 bins moved.</summary>
    public static ComputeUse MeteoraDlmm { get; } = new(56_000, 6_300);

    /// <summary>Measured 17,028 to 21,671.</summary>
    public static ComputeUse MeteoraDammV2 { get; } = new(22_000, 0);

    /// <summary>Never measured: a cautious guess, above what the transfers and the minting of its fee need.</summary>
    public static ComputeUse OrcaTokenSwap { get; } = new(100_000, 0);

    /// <summary>Two buys on mainnet used 91,731 and 98,345.</summary>
    public static ComputeUse PumpSwap { get; } = new(120_000, 0);

    /// <summary>Of a protocol's swaps between mints of SPL Token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No known program.</exception>
    public static ComputeUse Of(Protocol protocol) => protocol switch
    {
        Protocol.RaydiumAmmV4 => RaydiumAmmV4,
        Protocol.RaydiumCpmm => RaydiumCpmm,
        Protocol.RaydiumClmm => RaydiumClmm,
        Protocol.Whirlpool => Whirlpool,
        Protocol.MeteoraDlmm => MeteoraDlmm,
        Protocol.MeteoraDammV2 => MeteoraDammV2,
        Protocol.OrcaTokenSwap => OrcaTokenSwap,
        Protocol.PumpSwap => PumpSwap,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "no known program"),
    };

    /// <summary>Units for that many ticks or bins.</summary>
    public ulong Units(int steps) => Start + (ulong)Step * (uint)steps;
}
