using Mev.Domain.Learning;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>Plays the arm of the best mean reward, now and then any. An unseen arm has mean 1.</summary>
/// <param name="seed">Seed of its chance.</param>
/// <param name="epsilon">Probability of any arm.</param>
public sealed class EpsilonGreedyBidder(ulong seed, double epsilon) : IBidder
{
    private readonly ArmMeans _means = new();

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        var draws = BidderStream.Of(seed, view.Chance.Id);
        var arm = draws.Uniform() < epsilon
            ? (int)(BetaArms.Count * draws.Uniform())
            : ArmMeans.Highest(index => _means.MeanOf(index, unseen: 1.0));
        return ArmMeans.Bid(arm, view);
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback) => _means.Learn(feedback);
}
