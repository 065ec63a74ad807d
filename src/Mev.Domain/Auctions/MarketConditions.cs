namespace Mev.Domain.Auctions;

/// <summary>What moves slowly in the simulated market, from one candidate to the next.</summary>
/// <param name="Regime">How hard rivals bid.</param>
/// <param name="Congestion">Mean 0, deviation about 1.</param>
public readonly record struct MarketConditions(MarketRegime Regime, double Congestion)
{
    private const double RegimeChange = 1.0 / 3000.0;
    private const double ToCalm = 0.5;
    private const double BackToNormal = 0.8;

    /// <summary>Where each seed begins.</summary>
    public static MarketConditions Initial => new(MarketRegime.Normal, 0.0);

    /// <summary>-1 when calm, 0 when normal, 1 in a war.</summary>
    public int Pressure => (int)Regime - (int)MarketRegime.Normal;

    /// <summary>How many times the undisturbed latency everyone has.</summary>
    public double LatencyFactor => 1.0 + 0.08 * Math.Max(Congestion, 0.0);

    /// <summary>One step: perhaps another regime, then congestion.</summary>
    public MarketConditions Next(ref MixStream draws)
    {
        var next = this with { Regime = NextRegime(ref draws) };
        return next with { Congestion = 0.995 * Congestion + 0.1 * draws.Normal() + 0.005 * next.Pressure };
    }

    private MarketRegime NextRegime(ref MixStream draws)
    {
        if (draws.Uniform() >= RegimeChange) return Regime;
        var u = draws.Uniform();
        if (Regime == MarketRegime.Normal) return u < ToCalm ? MarketRegime.Calm : MarketRegime.War;
        if (u < BackToNormal) return MarketRegime.Normal;
        return Regime == MarketRegime.Calm ? MarketRegime.War : MarketRegime.Calm;
    }
}
