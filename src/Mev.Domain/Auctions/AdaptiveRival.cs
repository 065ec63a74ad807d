namespace Mev.Domain.Auctions;

/// <summary>
/// A rival that looks for the fraction with the most profit: it remembers how often each fraction of a grid would have
/// won, forgets slowly, and now and then tries another.
/// </summary>
public sealed class AdaptiveRival
{
    private const int GridCount = 11;
    private const double Memory = 0.995;
    private const double Exploration = 0.06;

    private readonly double[] _wins = new double[GridCount];
    private double _auctions = 4.0;

    /// <summary>A rival that has seen nothing.</summary>
    public AdaptiveRival()
    {
        for (var i = 0; i < GridCount; i++) _wins[i] = 2.0 * Grid(i);
    }

    /// <summary>The fraction of its next bid, before the level of all rivals; 0.5 at first.</summary>
    public double Fraction { get; private set; } = 0.5;

    /// <summary>Takes in an auction.</summary>
    /// <param name="priceFraction">What the winner paid over the value, above 0.</param>
    /// <param name="entry">Its own part; one that did not bid remembers the price and keeps its fraction.</param>
    public void Learn(double priceFraction, RivalEntry entry)
    {
        for (var i = 0; i < GridCount; i++)
            _wins[i] = Memory * _wins[i] + (Grid(i) > priceFraction ? 1.0 : 0.0);
        _auctions = Memory * _auctions + 1.0;
        if (!entry.Participates) return;
        Fraction = Grid(entry.Choice < Exploration ? (int)(entry.Choice / Exploration * GridCount) : Best());
    }

    private int Best()
    {
        var (best, most) = (0, double.NegativeInfinity);
        for (var i = 0; i < GridCount; i++)
        {
            var gain = Math.Min(1.0, _wins[i] / _auctions) * (1.0 - Grid(i));
            if (gain <= most) continue;
            (best, most) = (i, gain);
        }
        return best;
    }

    private static double Grid(int index) => 0.15 + 0.05 * index;
}
