using Mev.Domain.Bundles;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>Bids the same share by the same route, always.</summary>
/// <param name="share">The tip's share of the seen value, 0 to 1.</param>
/// <param name="route">The route.</param>
public sealed class FixedShareBidder(double share, Route route) : IBidder
{
    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view) =>
        AuctionBid.OfShare(share, route, view.Chance.SeenValueSol, arm: 0);

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback)
    {
        // what it does is fixed
    }
}
