using System.ComponentModel.DataAnnotations;
using Mev.Domain.Cycles;
using Mev.Grains.Strategies;
using Microsoft.Extensions.Options;

namespace Mev.Grains;

/// <summary>Section <c>Trading</c>: what is evaluated and who decides.</summary>
public sealed class TradingOptions
{
    /// <summary>Market shards. Default 1.</summary>
    [Range(1, 64)]
    public int Shards { get; init; } = 1;

    /// <summary>Most hops of a cycle, 2 to 4. Cycles of 4 hops are many, and few of them pay. Default 3.</summary>
    [Range(2, CycleIndex.HopsMax)]
    public int HopsMax { get; init; } = 3;

    /// <summary>Most cycles indexed; beyond, what is left out is logged and counted. Default 1,000,000.</summary>
    [Range(1, 1 << 27)]
    public int CyclesMax { get; init; } = 1_000_000;

    /// <summary>Mints beside WSOL from which cycles are listed (never decided upon), base58. Default USDC.</summary>
    [Addresses(ErrorMessage = "a mint's address, base58 of 32 bytes")]
    public IReadOnlyList<string> ListedMints { get; init; } = ["EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"];

    /// <summary>Journal partitions that strategies spread over, beside the control partition 0. Default 1.</summary>
    [Range(1, 1024)]
    public int StrategyPartitions { get; init; } = 1;

    /// <summary>The strategies, with different ids. Default one, arb-1, when none is given.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<StrategyOptions> Strategies { get; init; } = [];

    internal WriteAheadRule WriteAhead { get; set; }
}
