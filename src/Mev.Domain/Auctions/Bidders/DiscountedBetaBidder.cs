using Mev.Domain.Learning;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>
/// Beta-Thompson sampling over 38 arms whose counts return to 1 with every update of their bin: one bin, or nine by
/// congestion and by how much was bid on the pool.
/// </summary>
/// <param name="seed">Seed of its draws.</param>
/// <param name="isBinned">Nine bins instead of one.</param>
public sealed class DiscountedBetaBidder(ulong seed, bool isBinned) : IBidder
{
    private const int BinsCount = 9;
    private const double Memory = 0.9998;

    private readonly RandomKey _key = new(MixStream.Mix(seed ^ 0xABCDEF));
    private readonly double[,] _successes = Ones();
    private readonly double[,] _failures = Ones();

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        var stream = new DrawStream(_key, (ulong)view.Chance.Id);
        var bin = BinOf(view);
        var (best, most) = (-1, 0.0);
        for (var arm = 0; arm < BetaArms.Count; arm++)
        {
            var draws = stream.At(DrawPurposes.BetaArm + (uint)arm);
            var landing = draws.Beta(new GammaLaw(_successes[bin, arm]), new GammaLaw(_failures[bin, arm]));
            var played = BetaArms.All[arm];
            var score = landing * (1.0 - played.TipBasisPoints / 10_000.0)
                - AuctionTerms.CostSol(played.Route) / view.Chance.SeenValueSol;
            if (score > most) (best, most) = (arm, score);
        }
        return best < 0 ? AuctionBid.Skip : ArmMeans.Bid(best, view);
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback)
    {
        if (feedback.Bid.IsSkip) return;
        var bin = BinOf(feedback.View);
        Forget(_successes, bin);
        Forget(_failures, bin);
        (feedback.Outcome.IsLanded ? _successes : _failures)[bin, feedback.Bid.Arm] += 1.0;
    }

    /// <summary>Pseudo-successes and pseudo-failures of an arm in a bin, the prior's one each included.</summary>
    internal BetaLaw BeliefOf(int bin, int arm) => new(_successes[bin, arm], _failures[bin, arm]);

    private int BinOf(in AuctionView view)
    {
        if (!isBinned) return 0;
        var congestion = LandingCalibration.BandOf(view.Chance.SeenCongestion);
        var fraction = view.PoolFraction < 0.5 ? 0 : view.PoolFraction < 0.6 ? 1 : 2;
        return 3 * congestion + fraction;
    }

    private static void Forget(double[,] counts, int bin)
    {
        for (var arm = 0; arm < BetaArms.Count; arm++)
            counts[bin, arm] = 1.0 + (counts[bin, arm] - 1.0) * Memory;
    }

    private static double[,] Ones()
    {
        var counts = new double[BinsCount, BetaArms.Count];
        for (var bin = 0; bin < BinsCount; bin++)
        {
            for (var arm = 0; arm < BetaArms.Count; arm++)
                counts[bin, arm] = 1.0;
        }
        return counts;
    }
}
