namespace Mev.Domain.Auctions;

/// <summary>A way of bidding in the simulator. One bidder plays one seed.</summary>
public interface IBidder
{
    /// <summary>What to do with an opportunity.</summary>
    AuctionBid Decide(in AuctionView view);

    /// <summary>Hears of an earlier decision, in the order in which feedback is due.</summary>
    void Learn(AuctionFeedback feedback);
}
