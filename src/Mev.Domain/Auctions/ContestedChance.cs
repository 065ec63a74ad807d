using System.Collections.Immutable;
using Mev.Domain.Bundles;

namespace Mev.Domain.Auctions;

/// <summary>One contested opportunity of the simulator with all that chance holds for it. Amounts in SOL.</summary>
public sealed record ContestedChance
{
    /// <summary>Place among the kept ones, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>When it appears, seconds since the start.</summary>
    public required double AtSeconds { get; init; }

    /// <summary>Index of its pool, 0 to 49.</summary>
    public required int Pool { get; init; }

    /// <summary>The market at its time; hidden from bidders.</summary>
    public required MarketConditions Market { get; init; }

    /// <summary>Congestion as bidders see it.</summary>
    public required double SeenCongestion { get; init; }

    /// <summary>Whether its pool is young.</summary>
    public required bool IsYoung { get; init; }

    /// <summary>Whether the leader is one on whose blocks bundles survive less often.</summary>
    public required bool HasLeader { get; init; }

    /// <summary>Position in the slot, 0 to 1.</summary>
    public required double SlotPosition { get; init; }

    /// <summary>How much of the auction tick has passed, 0 to 1.</summary>
    public required double TickPhase { get; init; }

    /// <summary>Uniform number behind survival.</summary>
    public required double SurvivalDraw { get; init; }

    /// <summary>Uniform number behind whether the winner's tip is seen.</summary>
    public required double AttributionDraw { get; init; }

    /// <summary>Uniform number behind whether feedback ever arrives.</summary>
    public required double NeverDraw { get; init; }

    /// <summary>What it is worth before the tip; hidden from bidders.</summary>
    public required double ValueSol { get; init; }

    /// <summary>What it seems to be worth.</summary>
    public required double SeenValueSol { get; init; }

    /// <summary>The eight rivals' parts.</summary>
    public required ImmutableArray<RivalEntry> Rivals { get; init; }

    /// <summary>Our latency by the standard route, milliseconds.</summary>
    public required double StandardLatencyMs { get; init; }

    /// <summary>Our latency by the fast route, milliseconds.</summary>
    public required double FastLatencyMs { get; init; }

    /// <summary>From the auction until a landing is known, seconds.</summary>
    public required double LandedDelaySeconds { get; init; }

    /// <summary>Our latency by that route, milliseconds.</summary>
    public double LatencyMs(Route route) => route == Route.Fast ? FastLatencyMs : StandardLatencyMs;

    /// <summary>Deviation of the logarithm of seen over true value.</summary>
    public static double ValueErrorOf(bool isYoung) => 0.08 + 0.10 * (isYoung ? 1.0 : 0.0);

    /// <summary>Probability that a won bundle lands.</summary>
    public double Survival => RivalLaw.Logistic(
        2.9 - 0.45 * Market.Congestion - 0.5 * (HasLeader ? 1.0 : 0.0) - 8.0 * Math.Max(0.0, SlotPosition - 0.8));
}
