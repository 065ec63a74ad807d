using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Tests.Bundles;

public sealed class CompetitorViewsTests
{
    private static readonly Lamports Tip = new(100_000);

    [Theory]
    [InlineData(OutcomeCause.Late, 1, true, CompetitorView.Ahead)]
    [InlineData(OutcomeCause.Outbid, 500_000, true, CompetitorView.Ahead)]
    [InlineData(OutcomeCause.Outbid, 100_000, false, CompetitorView.Behind)]
    [InlineData(OutcomeCause.Unobserved, 100_001, false, CompetitorView.Behind)]
    [InlineData(OutcomeCause.Engine, 99_999, false, CompetitorView.Unknown)]
    [InlineData(OutcomeCause.RateLimited, 1, true, CompetitorView.Missed)]
    [InlineData(OutcomeCause.NoTurn, 1, true, CompetitorView.Missed)]
    [InlineData(OutcomeCause.NotSent, 500_000, false, CompetitorView.Missed)]
    [InlineData(OutcomeCause.NoLeader, 500_000, false, CompetitorView.Missed)]
    [InlineData(OutcomeCause.NotSigned, 500_000, false, CompetitorView.Missed)]
    public void A_loss_to_somebody_is_speed_tip_or_coverage(
        OutcomeCause cause, long bid, bool isAhead, CompetitorView view)
    {
        var outcome = Outcome(BundleOutcomeKind.Refused, cause, new AttributedWinner
        {
            Signature = "theirs",
            Slot = new Slot(7),
            Tip = new Lamports(bid),
            Units = 90_000,
            Bid = new Lamports(bid),
            IsAhead = isAhead,
        });
        Assert.Equal(view, CompetitorViews.Of(outcome, Tip));
        Assert.Equal(view, CompetitorViews.Of(outcome with { Kind = BundleOutcomeKind.Expired }, Tip));
    }

    [Fact]
    public void Without_a_winner_a_loss_is_unseen_and_what_is_open_or_landed_is_no_loss()
    {
        Assert.Equal(
            CompetitorView.Unseen, CompetitorViews.Of(Outcome(BundleOutcomeKind.Refused, OutcomeCause.Outbid), Tip));
        Assert.Equal(
            CompetitorView.Unknown, CompetitorViews.Of(Outcome(BundleOutcomeKind.Landed, OutcomeCause.Landed), Tip));
        Assert.Equal(
            CompetitorView.Unknown,
            CompetitorViews.Of(Outcome(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved), Tip));
    }

    private static BundleOutcome Outcome(
        BundleOutcomeKind kind, OutcomeCause cause, AttributedWinner? winner = null) => new()
        {
            Opportunity = new OpportunityId(Digest.Of("chance"u8)),
            Kind = kind,
            Cause = cause,
            Slot = new Slot(9),
            Realised = Lamports.Zero,
            TipPaid = Lamports.Zero,
            WinnerTip = winner?.Bid,
            Winner = winner,
            Cursor = default,
            ObservedMs = 1,
        };
}
