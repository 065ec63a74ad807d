namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>Everything that one swap does at one state of a pair, bins entered counted but not limited.</summary>
public readonly record struct MeteoraDlmmSwap
{
    /// <summary>Why the program refuses; the amounts are then 0.</summary>
    public QuoteError Error { get; init; }

    /// <summary>Leaves the user's account of the input mint, a transfer fee included.</summary>
    public ulong AmountIn { get; init; }

    /// <summary>Enters the user's account of the output mint, after a transfer fee.</summary>
    public ulong AmountOut { get; init; }

    /// <summary>Leaves the pair's reserve of the output mint, a transfer fee included.</summary>
    public ulong ReserveOut { get; init; }

    /// <summary>Active bin afterwards.</summary>
    public int ActiveBin { get; init; }

    /// <summary>Volatility accumulator afterwards.</summary>
    public uint Accumulator { get; init; }

    /// <summary>Volatility reference afterwards.</summary>
    public uint Reference { get; init; }

    /// <summary>Index reference afterwards.</summary>
    public int IndexReference { get; init; }

    /// <summary>Unix time of the last move afterwards: the clock's if the active bin changed.</summary>
    public long LastUpdate { get; init; }

    /// <summary>The whole fee, units of the mint that it is taken in.</summary>
    public ulong Fee { get; init; }

    /// <summary>The protocol's part of it.</summary>
    public ulong ProtocolFee { get; init; }

    /// <summary>Fee rate of the last bin, in billionths.</summary>
    public uint FeeRate { get; init; }

    /// <summary>Bins entered after the first, empty ones included, which decide the compute units.</summary>
    public int BinsEntered { get; init; }
}
