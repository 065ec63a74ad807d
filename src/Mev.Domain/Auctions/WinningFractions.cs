namespace Mev.Domain.Auctions;

/// <summary>Moving averages of winning fractions: of each pool and of the market.</summary>
public sealed class WinningFractions
{
    private const double Start = 0.5;
    private const double PoolWeight = 0.08;
    private const double MarketWeight = 0.03;
    private const double FractionMax = 1.2;

    private readonly double[] _pools = new double[ChanceStream.PoolsCount];

    /// <summary>Averages that have seen nothing: 0.5.</summary>
    public WinningFractions() => Array.Fill(_pools, Start);

    /// <summary>Over all pools.</summary>
    public double Market { get; private set; } = Start;

    /// <summary>On one pool.</summary>
    public double OfPool(int pool) => _pools[pool];

    /// <summary>Takes in the winner's fraction where it was seen, our own of the true value where we landed.</summary>
    public void Learn(AuctionFeedback feedback)
    {
        var chance = feedback.View.Chance;
        var fraction = feedback.Outcome.IsLanded
            ? feedback.Bid.TipSol / chance.ValueSol
            : feedback.WinnerFraction is { } seen ? Math.Min(seen, FractionMax) : double.NaN;
        if (double.IsNaN(fraction)) return;
        _pools[chance.Pool] += PoolWeight * (fraction - _pools[chance.Pool]);
        Market += MarketWeight * (fraction - Market);
    }
}
