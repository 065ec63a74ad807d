using Mev.Domain.Learning;

namespace Mev.Domain.Auctions;

/// <summary>
/// The assumed laws of the eight rivals: three of a fixed fraction, an aggressive one, two adaptive and two that are
/// slow. Each is a function of an opportunity alone, so the same rivals can bid behind any protocol.
/// </summary>
public static class RivalLaw
{
    /// <summary>Rivals.</summary>
    public const int Count = 8;

    /// <summary>An auction with fewer participants is not contested.</summary>
    public const int ContestedFrom = 3;

    /// <summary>Median value of an opportunity in SOL, and the spread of its logarithm.</summary>
    public const double TypicalSol = 0.008;

    internal const double ValueSpread = 1.2;

    private const int Aggressive = 3;
    private const int FirstSlow = 6;
    private const double MedianMs = 13.0;
    private const double AggressiveMedianMs = 9.0;
    private const double SlowMedianMs = 28.0;

    /// <summary>Probability that a rival bids for an opportunity.</summary>
    /// <param name="valueSol">Its value, SOL, above 0.</param>
    /// <param name="market">The market at its time.</param>
    /// <param name="isYoung">Whether its pool is young.</param>
    public static double Participation(double valueSol, MarketConditions market, bool isYoung) => Logistic(
        -0.1 + 0.45 * (DetMath.Ln(valueSol) - DetMath.Ln(TypicalSol)) / ValueSpread
        + 0.25 * market.Congestion + 0.4 * (isYoung ? 1.0 : 0.0));

    /// <summary>All that chance gives a rival; four numbers.</summary>
    public static RivalEntry Draw(
        int rival, double participation, MarketConditions market, bool isYoung, ref MixStream draws)
    {
        var participates = draws.Uniform() < participation;
        return DrawTraits(rival, participates, market, isYoung, ref draws);
    }

    /// <summary>The same when participation is known; three numbers.</summary>
    public static RivalEntry DrawTraits(
        int rival, bool participates, MarketConditions market, bool isYoung, ref MixStream draws)
    {
        var error = (0.12 + 0.08 * (isYoung ? 1.0 : 0.0)) * draws.Normal();
        var latency = MedianLatencyMs(rival) * DetMath.Exp(0.4 * draws.Normal()) * market.LatencyFactor;
        return new RivalEntry(participates, error, latency, draws.Uniform());
    }

    /// <summary>The fraction of the value that a rival bids, 0.03 to 0.97.</summary>
    /// <param name="rival">Which, 0 to 7.</param>
    /// <param name="adapted">Present fraction of an adaptive rival; no part for others.</param>
    /// <param name="level">Level of all rivals on the pool at the time (<see cref="LevelOf"/>).</param>
    /// <param name="pressure"><see cref="MarketConditions.Pressure"/>.</param>
    /// <param name="choice"><see cref="RivalEntry.Choice"/>.</param>
    public static double Fraction(int rival, double adapted, double level, int pressure, double choice) => Math.Clamp(
        rival switch
        {
            0 => 0.30 + 0.6 * level,
            1 => 0.42 + 0.6 * level,
            2 => 0.54 + 0.6 * level,
            Aggressive => AggressiveFraction(pressure, choice) + 0.4 * level,
            4 or 5 => adapted + 0.3 * level,
            6 or 7 => 0.40 + 0.2 * choice + 0.5 * level,
            _ => throw new ArgumentOutOfRangeException(nameof(rival), rival, "there are eight rivals"),
        },
        0.03, 0.97);

    /// <summary>The level of all rivals: a base, the pool's effect, the regime and congestion.</summary>
    public static double LevelOf(double baseLevel, double poolEffect, MarketConditions market) =>
        baseLevel + poolEffect + 0.14 * market.Pressure + 0.03 * market.Congestion;

    internal static double Logistic(double x) => 1.0 / (1.0 + DetMath.Exp(-x));

    private static double AggressiveFraction(int pressure, double choice)
    {
        var eager = pressure < 0 ? 0.15 : pressure > 0 ? 0.75 : 0.40;
        return choice < eager ? 0.62 + 0.24 * choice / eager : 0.45;
    }

    private static double MedianLatencyMs(int rival) =>
        rival == Aggressive ? AggressiveMedianMs : rival >= FirstSlow ? SlowMedianMs : MedianMs;
}
