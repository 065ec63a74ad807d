using System.ComponentModel.DataAnnotations;

namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// The seeded market. Section <c>Generator</c>. The same values give the same bytes on every machine.
/// </summary>
public sealed class GeneratedFeedOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Generator";

    /// <summary>Seed of everything that is drawn. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Pools. Default 200.</summary>
    [Range(2, 200_000)]
    public int Pools { get; init; } = 200;

    /// <summary>
    /// Mints, WSOL included; as many as have a pool with WSOL each, where there are too few pools. Fewer mints make
    /// more cycles over each pool. Default 60.
    /// </summary>
    [Range(2, 200_000)]
    public int Mints { get; init; } = 60;

    /// <summary>Share of pools with WSOL on one side, in basis points. Default 6,000.</summary>
    [Range(1, 10_000)]
    public int HubShareBasisPoints { get; init; } = 6_000;

    /// <summary>
    /// Share of Whirlpools in basis points; the others are constant product, AMM v4 and CPMM by turns. Default 3,000.
    /// </summary>
    [Range(0, 10_000)]
    public int WhirlpoolShareBasisPoints { get; init; } = 3_000;

    /// <summary>
    /// Share of pools of further protocols among those that are no Whirlpools, in basis points: DLMM, CLMM, DAMM v2,
    /// token-swap and PumpSwap by turns. Default 0; of a simulator inside the host 6,000.
    /// </summary>
    [Range(0, 10_000)]
    public int FurtherShareBasisPoints { get; init; }

    /// <summary>
    /// Share of the mints beside WSOL that are of Token-2022 and take a fee on each transfer, in basis points; their
    /// pools are CPMM pools and, one in three, DLMM pairs. Default 0; of a simulator inside the host 1,500.
    /// </summary>
    [Range(0, 10_000)]
    public int Token2022ShareBasisPoints { get; init; }

    /// <summary>Transactions after the snapshot; null for a market without an end, which is the default.</summary>
    public ulong? Transactions { get; init; }

    /// <summary>Transactions in a slot. Default 4.</summary>
    [Range(1, 100_000)]
    public int TransactionsPerSlot { get; init; } = 4;

    /// <summary>Median of a swap as a share of the pool's depth. Default 0.0001.</summary>
    [Range(1e-9, 0.05)]
    public double SwapMedian { get; init; } = 0.0001;

    /// <summary>Standard deviation of the logarithm of that share. Default 1.2.</summary>
    [Range(0.0, 4.0)]
    public double SwapSigma { get; init; } = 1.2;

    /// <summary>
    /// Share by which a pool's price may leave its fair one before nearly all orders lead it back. Default 0.003.
    /// </summary>
    [Range(1e-5, 0.5)]
    public double ReversionBand { get; init; } = 0.003;

    /// <summary>Standard deviation of a pool's first price around its fair one, as a share. Default 0.001.</summary>
    [Range(0.0, 0.1)]
    public double FirstGap { get; init; } = 0.001;

    /// <summary>Slot of the snapshot. Default 300,000,000.</summary>
    [Range(typeof(ulong), "1", "4611686018427387904")]
    public ulong FirstSlot { get; init; } = 300_000_000;

    /// <summary>The chain's time at that slot, seconds since 1970. Default 1,760,000,000 (October 2025).</summary>
    [Range(1L, 4_000_000_000L)]
    public long FirstUnixTime { get; init; } = 1_760_000_000;
}
