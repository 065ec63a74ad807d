using Mev.Domain.Learning;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>Counts and mean rewards of the 38 arms of the count-based baselines.</summary>
internal sealed class ArmMeans
{
    private readonly int[] _counts = new int[BetaArms.Count];
    private readonly double[] _sums = new double[BetaArms.Count];

    /// <summary>Rewards heard of an arm.</summary>
    public int CountOf(int arm) => _counts[arm];

    /// <summary>Mean reward of an arm, or <paramref name="unseen"/> before the first.</summary>
    public double MeanOf(int arm, double unseen) => _counts[arm] == 0 ? unseen : _sums[arm] / _counts[arm];

    /// <summary>Takes in the reward of the arm that was played.</summary>
    public void Learn(AuctionFeedback feedback)
    {
        _counts[feedback.Bid.Arm]++;
        _sums[feedback.Bid.Arm] += feedback.Reward;
    }

    /// <summary>The arm of the highest index, the first of equal ones.</summary>
    public static int Highest(Func<int, double> index)
    {
        var (best, most) = (0, double.NegativeInfinity);
        for (var arm = 0; arm < BetaArms.Count; arm++)
        {
            var value = index(arm);
            if (value > most) (best, most) = (arm, value);
        }
        return best;
    }

    /// <summary>The bid of an arm.</summary>
    public static AuctionBid Bid(int arm, in AuctionView view)
    {
        var played = BetaArms.All[arm];
        return AuctionBid.OfShare(played.TipBasisPoints / 10_000.0, played.Route, view.Chance.SeenValueSol, arm);
    }
}
