using Mev.Domain.Learning;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>UCB1: the best mean reward plus a bonus for what was played seldom; unseen arms first.</summary>
/// <param name="width">Factor on the bonus.</param>
public sealed class UcbBidder(double width) : IBidder
{
    private readonly ArmMeans _means = new();
    private int _decisions;

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        _decisions++;
        var twiceLog = 2.0 * DetMath.Ln(_decisions);
        var arm = ArmMeans.Highest(index => _means.CountOf(index) == 0
            ? double.MaxValue
            : _means.MeanOf(index, unseen: 0.0) + width * Math.Sqrt(twiceLog / _means.CountOf(index)));
        return ArmMeans.Bid(arm, view);
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback) => _means.Learn(feedback);
}
