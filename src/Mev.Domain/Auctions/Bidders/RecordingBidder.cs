using Mev.Domain.Learning;
using Mev.Domain.Models;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>Bids as another bidder does and keeps what that one was asked and heard.</summary>
public sealed class RecordingBidder(IBidder bidder) : IBidder
{
    private const double MsPerSecond = 1_000.0;

    /// <summary>What there was to decide upon, in order.</summary>
    public List<AuctionView> Views { get; } = [];

    /// <summary>What a sampler could have learnt from, in the order in which it was heard.</summary>
    public List<TrainingRow> Rows { get; } = [];

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        Views.Add(view);
        return bidder.Decide(view);
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback)
    {
        bidder.Learn(feedback);
        if (feedback.Bid.Arm < 0) return;
        var evidence = new LearningEvent
        {
            Kind = feedback.Outcome.Kind,
            Arm = feedback.Bid.Arm,
            Context = SamplerBidder.ContextOf(feedback.View),
            AtMs = feedback.AtMs,
            WinnerFraction = feedback.WinnerFraction,
            LnValueRatio = feedback.LnValueRatio,
        };
        var decidedMs = (long)(feedback.View.Chance.AtSeconds * MsPerSecond);
        Rows.Add(new TrainingRow(evidence, feedback.View.Chance.SlotPosition, IsRandomised: false, decidedMs));
    }
}
