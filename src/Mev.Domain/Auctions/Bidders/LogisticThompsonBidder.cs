using Mev.Domain.Learning;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>
/// Thompson sampling on a logistic regression of landing, updated online by one Gaussian step for each outcome; any
/// loss is a 0. Forgets slowly and tempers its draws by value, like the product's sampler.
/// </summary>
/// <param name="seed">Seed of its draws.</param>
public sealed class LogisticThompsonBidder(ulong seed) : IBidder
{
    private const int Length = LogisticFeatures.Length;
    private const double Memory = 0.9995;
    private const double LamportsPerSol = 1e9;

    private readonly double[] _mean = PriorMean();
    private readonly SymmetricMatrix _covariance = new(Length);

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        Span<double> normals = stackalloc double[Length];
        Span<double> weights = stackalloc double[Length];
        var draws = BidderStream.Of(seed, view.Chance.Id);
        for (var i = 0; i < Length; i++) normals[i] = draws.Normal();
        var kappa = FactoredDraw.KappaOf(view.Chance.SeenValueSol * LamportsPerSol);
        _covariance.FactorTimes(normals, weights);
        for (var i = 0; i < Length; i++) weights[i] = _mean[i] + kappa * weights[i];
        return LogisticFeatures.Best(weights, view);
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback)
    {
        if (feedback.Bid.IsSkip) return;
        Span<double> x = stackalloc double[Length];
        Span<double> covarianceX = stackalloc double[Length];
        LogisticFeatures.Write(feedback.View, x);
        LogisticFeatures.Write(feedback.Bid.Share, feedback.Bid.Route, x);
        _covariance.Widen(1.0 / Memory, most: 1.0);
        _covariance.Times(x, covarianceX);
        var variance = LogisticFeatures.Dot(x, covarianceX);
        var mean = LogisticFeatures.Dot(_mean, x);
        var landing = RivalLaw.Logistic(mean / Math.Sqrt(1.0 + Math.PI * variance / 8.0));
        var curvature = Math.Max(landing * (1.0 - landing), 1e-4);
        var error = (feedback.Outcome.IsLanded ? 1.0 : 0.0) - landing;
        var gain = 1.0 / (1.0 + curvature * variance);
        for (var i = 0; i < Length; i++) _mean[i] += covarianceX[i] * error * gain;
        _covariance.AddOuter(covarianceX, -curvature * gain);
    }

    internal static double[] PriorMean()
    {
        var mean = new double[Length];
        mean[LogisticFeatures.LnShare] = LogisticFeatures.LnShareMean;
        return mean;
    }
}
