using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Domain.Tests.Bundles;

public sealed class BundleOutcomeTests
{
    private static readonly BundleOutcome Landed = Of(BundleOutcomeKind.Landed, OutcomeCause.Landed) with
    {
        Realised = new Lamports(100),
        TipPaid = new Lamports(10),
    };

    [Theory]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.Outbid)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.NotSent)]
    [InlineData(BundleOutcomeKind.Expired, OutcomeCause.Dropped)]
    [InlineData(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved)]
    [InlineData(BundleOutcomeKind.Unknown, OutcomeCause.Stopped)]
    public void A_landing_corrects_whatever_was_told_before(BundleOutcomeKind kind, OutcomeCause cause) =>
        Assert.True(Landed.Corrects(Of(kind, cause)));

    [Fact]
    public void The_same_again_corrects_nothing_whenever_it_was_observed()
    {
        Assert.False((Landed with { ObservedMs = 7, Cursor = new FeedCursor(1, new Slot(2), 3) }).Corrects(Landed));
        Assert.True((Landed with { Realised = new Lamports(99) }).Corrects(Landed));
        Assert.True((Landed with { Slot = new Slot(9) }).Corrects(Landed));
    }

    [Theory]
    [InlineData(BundleOutcomeKind.Landed, OutcomeCause.Landed, true)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain, true)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.Outbid, false)]
    [InlineData(BundleOutcomeKind.Expired, OutcomeCause.Dropped, false)]
    [InlineData(BundleOutcomeKind.Unknown, OutcomeCause.Stopped, false)]
    public void Missing_evidence_takes_back_only_what_the_chain_had_said(
        BundleOutcomeKind kind, OutcomeCause cause, bool corrects) =>
        Assert.Equal(
            corrects,
            (Of(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved) with { Slot = new Slot(2) })
                .Corrects(Of(kind, cause)));

    [Fact]
    public void A_stop_is_told_once_of_a_bundle_without_evidence()
    {
        var stopped = Of(BundleOutcomeKind.Unknown, OutcomeCause.Stopped);
        Assert.True(stopped.Corrects(Of(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved)));
        Assert.False(stopped.Corrects(stopped with { Slot = new Slot(2) }));
        Assert.False(stopped.Corrects(Of(BundleOutcomeKind.Refused, OutcomeCause.Outbid)));
    }

    private static BundleOutcome Of(BundleOutcomeKind kind, OutcomeCause cause) => new()
    {
        Opportunity = default,
        Kind = kind,
        Cause = cause,
        Slot = new Slot(1),
        Realised = Lamports.Zero,
        TipPaid = Lamports.Zero,
        Cursor = default,
        ObservedMs = 1,
    };
}
