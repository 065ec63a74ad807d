using Mev.Domain.Bundles;

namespace Mev.Domain.Auctions;

/// <summary>What the simulated market is set to. Defaults are those of version 1.</summary>
public sealed record AuctionTerms
{
    /// <summary>What a landing costs beside the tip, SOL.</summary>
    public const double LandingFeeSol = 0.000005;

    /// <summary>What each submission by the fast route costs, SOL.</summary>
    public const double FastCostSol = 0.0001;

    /// <summary>
    /// Level of the rivals. Default -0.09: the median of the fixed shares of 0.30 to 0.90 lands about a third.
    /// </summary>
    public double Level { get; init; } = -0.09;

    /// <summary>What is added to the level from <see cref="ShiftFrom"/> on. Default 0.</summary>
    public double LevelShift { get; init; }

    /// <summary>The first opportunity with the shifted level. Default 0.</summary>
    public int ShiftFrom { get; init; }

    /// <summary>Our median latency by the standard route, milliseconds. Default 13.</summary>
    public double StandardLatencyMs { get; init; } = 13.0;

    /// <summary>Our median latency by the fast route, milliseconds. Default 8.</summary>
    public double FastLatencyMs { get; init; } = 8.0;

    /// <summary>Factor on every delay of feedback. Default 1.</summary>
    public double DelayFactor { get; init; } = 1.0;

    /// <summary>The rivals' level for that opportunity.</summary>
    public double LevelAt(int chance) => chance >= ShiftFrom ? Level + LevelShift : Level;

    /// <summary>What a submission by that route costs, SOL.</summary>
    public static double CostSol(Route route) => route == Route.Fast ? FastCostSol : 0.0;
}
