using Mev.Domain.Learning;

namespace Mev.Domain.Auctions;

/// <summary>The eight rivals of one market: their rules and what the adaptive ones have learnt.</summary>
/// <param name="poolEffects">What each pool adds to the rivals' level.</param>
public sealed class RivalField(IReadOnlyList<double> poolEffects)
{
    private const int FirstAdaptive = 4;
    private readonly AdaptiveRival[] _adaptive = [new(), new()];

    /// <summary>The fraction of the value that a rival bids.</summary>
    /// <param name="rival">Which, 0 to 7.</param>
    /// <param name="pool">Index of the pool.</param>
    /// <param name="market">The market at that time.</param>
    /// <param name="baseLevel">Level of contention; -0.09 is the calibrated one.</param>
    /// <param name="choice"><see cref="RivalEntry.Choice"/>.</param>
    public double FractionOf(int rival, int pool, MarketConditions market, double baseLevel, double choice)
    {
        var adapted = rival is FirstAdaptive or FirstAdaptive + 1 ? _adaptive[rival - FirstAdaptive].Fraction : 0.0;
        var level = RivalLaw.LevelOf(baseLevel, poolEffects[pool], market);
        return RivalLaw.Fraction(rival, adapted, level, market.Pressure, choice);
    }

    /// <summary>What a rival bids, SOL; 0 when it does not take part.</summary>
    /// <param name="rival">Which, 0 to 7.</param>
    /// <param name="entry">Its part (<see cref="RivalLaw.Draw"/>).</param>
    /// <param name="pool">Index of the pool.</param>
    /// <param name="market">The market at that time.</param>
    /// <param name="baseLevel">Level of contention; -0.09 is the calibrated one.</param>
    /// <param name="valueSol">True value of the opportunity, SOL.</param>
    public double BidOf(
        int rival, RivalEntry entry, int pool, MarketConditions market, double baseLevel, double valueSol) =>
        entry.Participates
            ? FractionOf(rival, pool, market, baseLevel, entry.Choice) * valueSol * DetMath.Exp(entry.Error)
            : 0.0;

    /// <summary>The adaptive rivals take in an auction.</summary>
    /// <param name="priceFraction">What the winner paid over the value; at most 0 teaches nothing.</param>
    /// <param name="entries">The eight rivals' parts.</param>
    public void Learn(double priceFraction, ReadOnlySpan<RivalEntry> entries)
    {
        if (!(priceFraction > 0.0)) return;
        for (var i = 0; i < _adaptive.Length; i++) _adaptive[i].Learn(priceFraction, entries[FirstAdaptive + i]);
    }
}
