using Mev.Domain.Learning;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>
/// The strongest simple peer: a ridge logistic regression of landing, refitted on all outcomes every 200 of them. Plays
/// the best bid by it and, one time in twenty, any bid. The one-sided form adds for each auction a row of a random
/// higher share whose outcome follows from what was seen: what landed would have, what came too late or was dropped or
/// was not worth its tip would not have either, and what was outbid would have above the winner.
/// </summary>
/// <param name="seed">Seed of its chance.</param>
/// <param name="isOneSided">Whether it adds those rows.</param>
public sealed class LogisticRefitBidder(ulong seed, bool isOneSided) : IBidder
{
    private const int Length = LogisticFeatures.Length;
    private const int RefitEvery = 200;
    private const int IterationsMax = 25;
    private const double StepMax = 1.0; // full Newton steps run away where a class is still rare
    private const double Ridge = 1.0;
    private const double Jitter = 0.05;
    private const double StepMin = 1e-6;

    private readonly List<(double[] X, double Landed)> _rows = [];
    private readonly SymmetricMatrix _hessian = new(Length);
    private readonly double[] _prior = LogisticThompsonBidder.PriorMean();
    private readonly double[] _weights = LogisticThompsonBidder.PriorMean();
    private int _outcomes;

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        var draws = BidderStream.Of(seed, view.Chance.Id);
        // It never skips: a fit that expects nothing of any bid would else never learn better.
        if (draws.Uniform() >= Jitter) return LogisticFeatures.Best(_weights, view, double.NegativeInfinity);
        var share = (int)(LogisticFeatures.SharesCount * draws.Uniform());
        var route = draws.Uniform() < 0.5 ? Bundles.Route.Standard : Bundles.Route.Fast;
        return AuctionBid.OfShare(LogisticFeatures.ShareOf(share), route, view.Chance.SeenValueSol, share);
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback)
    {
        if (feedback.Bid.IsSkip) return;
        Add(feedback, feedback.Bid.Share, feedback.Outcome.IsLanded);
        if (isOneSided) AddHigher(feedback);
        if (++_outcomes % RefitEvery == 0) Refit();
    }

    /// <summary>Probability of landing by the latest fit.</summary>
    internal double Landing(in AuctionView view, double share, Bundles.Route route)
    {
        Span<double> x = stackalloc double[Length];
        LogisticFeatures.Write(view, x);
        LogisticFeatures.Write(share, route, x);
        return RivalLaw.Logistic(LogisticFeatures.Dot(_weights, x));
    }

    private void AddHigher(AuctionFeedback feedback)
    {
        var above = LogisticFeatures.SharesCount - 1 - feedback.Bid.Arm;
        if (above == 0) return;
        var draws = MixStream.Of(seed, 1001, (ulong)feedback.View.Chance.Id);
        var share = LogisticFeatures.ShareOf(feedback.Bid.Arm + 1 + (int)(above * draws.Uniform()));
        if (feedback.Outcome.Kind != LearningEventKind.Outbid) Add(feedback, share, feedback.Outcome.IsLanded);
        else if (feedback.WinnerFraction is { } winner) Add(feedback, share, share > winner);
    }

    private void Add(AuctionFeedback feedback, double share, bool landed)
    {
        var x = new double[Length];
        LogisticFeatures.Write(feedback.View, x);
        LogisticFeatures.Write(share, feedback.Bid.Route, x);
        _rows.Add((x, landed ? 1.0 : 0.0));
    }

    /// <summary>Bounded Newton steps from the present weights, ridge towards the prior's mean.</summary>
    private void Refit()
    {
        Span<double> step = stackalloc double[Length];
        for (var iteration = 0; iteration < IterationsMax; iteration++)
        {
            _hessian.Reset(Ridge);
            for (var i = 0; i < Length; i++) step[i] = Ridge * (_prior[i] - _weights[i]);
            foreach (var (x, landed) in _rows)
            {
                var p = RivalLaw.Logistic(LogisticFeatures.Dot(_weights, x));
                _hessian.AddOuter(x, Math.Max(p * (1.0 - p), 1e-6));
                for (var i = 0; i < Length; i++) step[i] += (landed - p) * x[i];
            }
            _hessian.Solve(step);
            var largest = 0.0;
            for (var i = 0; i < Length; i++) largest = Math.Max(largest, Math.Abs(step[i]));
            var scale = largest > StepMax ? StepMax / largest : 1.0;
            for (var i = 0; i < Length; i++) _weights[i] += scale * step[i];
            if (largest < StepMin) break;
        }
    }
}
