using System.Collections.Immutable;

namespace Mev.Domain.Auctions;

/// <summary>
/// What the goals ask for: the one place of their bounds. A run is held against them, and a host holds the figures in a
/// model's file against them, whatever bounds stand in the file.
/// </summary>
public static class GoalBounds
{
    /// <summary>Beside the peers: the fixed share that did best on the seeds, known in hindsight alone.</summary>
    public const string BestFixedShare = "the best fixed share";

    private const string Speed = "G5";

    /// <summary>G1: landed of offered, the mean over seeds.</summary>
    public static GoalBound Landed { get; } = new("G1", "landed/offered, mean, %", 65.0);

    /// <summary>G1: the same of a bad seed.</summary>
    public static GoalBound LandedLowTenth { get; } = new("G1", "landed/offered, 10th percentile of seeds, %", 60.0);

    /// <summary>G1: the same by value.</summary>
    public static GoalBound LandedByValue { get; } = new("G1", "landed/offered by value, %", 62.0);

    /// <summary>G1: what the floor may cost.</summary>
    public static GoalBound FloorProfit { get; } = new("G1", "raw profit, % of the distribution oracle", 88.0);

    /// <summary>G1: the share of opportunities that were bid for.</summary>
    public static GoalBound Coverage { get; } = new("G1", "coverage, %", 95.0);

    /// <summary>G1: none meets the five above as well.</summary>
    public static GoalBound FixedShares { get; } =
        new("G1", "fixed shares that meet all five as well", 0.0, IsMost: true);

    /// <summary>G2: near the limit of information.</summary>
    public static LimitBound Limit { get; } = LimitBound.Of("G2", kind => $"{kind} profit", 95.0);

    /// <summary>G2: ahead of these.</summary>
    public static ImmutableArray<GainBound> Gains { get; } =
    [
        new(BestFixedShare, 5.0, IsRawToo: false), new("beta-ts", 8.0, IsRawToo: false),
        new("epsilon-greedy-0.05", 10.0, IsRawToo: false), new("ucb-0.35", 20.0, IsRawToo: false),
        new("logistic-ts", 2.0, IsRawToo: true), new("logistic-refit-one-sided", 4.0, IsRawToo: true),
    ];

    /// <summary>G5: the median of a decision, asked of the sampler alone.</summary>
    public static GoalBound Median { get; } = new(Speed, "decision p50, us, no model loaded", 10.0, IsMost: true);

    /// <summary>What a model has to meet: G1, G2, and G5 as far as it is the clock's.</summary>
    public static ImmutableArray<GoalBound> OfModel { get; } =
    [
        P99(hasModel: true), Allocated(hasModel: true),
        Landed, LandedLowTenth, LandedByValue, FloorProfit, Coverage, FixedShares,
        .. Limit.Lines, .. Gains.SelectMany(gain => gain.Lines),
    ];

    /// <summary>G3: near the limit after the rivals' level moved.</summary>
    /// <param name="market">Name of the market in which it does.</param>
    public static LimitBound Shifted(string market) => LimitBound.Of("G3", kind => $"{market}: {kind}", 90.0);

    /// <summary>G4: near the limit from the start.</summary>
    /// <param name="bidder">Whose prior is wrong.</param>
    public static LimitBound Start(string bidder) =>
        LimitBound.Of("G4", kind => $"{bidder}: {kind} of the first 500", 88.0);

    /// <summary>G5: the 99th percentile of a decision.</summary>
    public static GoalBound P99(bool hasModel) =>
        new(Speed, $"decision p99, us, {Loaded(hasModel)}", 100.0, IsMost: true);

    /// <summary>G5: no decision allocates.</summary>
    public static GoalBound Allocated(bool hasModel) =>
        new(Speed, $"bytes allocated by a decision, {Loaded(hasModel)}", 0.0, IsMost: true);

    /// <summary>G5: whether probabilities come true.</summary>
    /// <param name="of">Which bids; empty for all.</param>
    public static GoalBound Calibrated(string of) =>
        new(Speed, $"calibration error of P(landed){of}", 0.03, IsMost: true);

    private static string Loaded(bool hasModel) => hasModel ? "with the model" : "no model loaded";
}
