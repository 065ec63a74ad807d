using Mev.Domain.Learning;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>Bids as another bidder does and keeps what that one was asked.</summary>
public sealed class RecordingBidder(IBidder bidder) : IBidder
{
    /// <summary>What there was to decide upon, in order.</summary>
    public List<ChoiceContext> Contexts { get; } = [];

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        Contexts.Add(SamplerBidder.ContextOf(view));
        return bidder.Decide(view);
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback) => bidder.Learn(feedback);
}
