using Mev.Domain.Bundles;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

public sealed class EvidenceWindowTests
{
    [Fact]
    public void Nothing_is_judged_before_twenty_losses()
    {
        var window = new EvidenceWindow();
        for (var i = 0; i < 19; i++) window.Add(isSeen: false);
        Assert.False(window.IsAlert || window.IsFrozen);
        window.Add(isSeen: false);
        Assert.True(window is { IsAlert: true, IsFrozen: true, UnseenShare: 1.0, LossesCount: 20 });
    }

    [Theory]
    [InlineData(40, false, false)]
    [InlineData(41, true, false)]
    [InlineData(80, true, false)]
    [InlineData(81, true, true)]
    public void More_than_a_fifth_alerts_and_more_than_two_fifths_freeze(int unseen, bool isAlert, bool isFrozen)
    {
        var window = new EvidenceWindow();
        for (var i = 0; i < 200; i++) window.Add(isSeen: i >= unseen);
        Assert.Equal((isAlert, isFrozen), (window.IsAlert, window.IsFrozen));
        Assert.Equal(unseen / 200.0, window.UnseenShare);
    }

    [Fact]
    public void Only_the_last_two_hundred_losses_count()
    {
        var window = new EvidenceWindow();
        for (var i = 0; i < 150; i++) window.Add(isSeen: false);
        for (var i = 0; i < 130; i++) window.Add(isSeen: true);
        Assert.Equal((200, 0.35), (window.LossesCount, window.UnseenShare));
        for (var i = 0; i < 70; i++) window.Add(isSeen: true);
        Assert.Equal(0.0, window.UnseenShare);
    }

    [Fact]
    public void A_window_from_its_losses_goes_on_as_the_one_they_are_of()
    {
        var whole = new EvidenceWindow();
        for (var i = 0; i < 333; i++) whole.Add(isSeen: i % 3 != 0);
        var restored = new EvidenceWindow(whole.Losses);
        Assert.Equal(whole.Losses, restored.Losses);
        for (var i = 0; i < 77; i++)
        {
            whole.Add(isSeen: i % 5 == 0);
            restored.Add(isSeen: i % 5 == 0);
            Assert.Equal(whole.UnseenShare, restored.UnseenShare);
        }
    }

    [Theory]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.Outbid, true)]
    [InlineData(BundleOutcomeKind.Expired, OutcomeCause.Dropped, true)]
    [InlineData(BundleOutcomeKind.Expired, OutcomeCause.Unobserved, false)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain, false)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.Bug, false)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.NotSent, null)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.NoLeader, null)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.RateLimited, null)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.NoTurn, null)]
    [InlineData(BundleOutcomeKind.Landed, OutcomeCause.Landed, null)]
    [InlineData(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved, null)]
    public void A_loss_counts_when_the_bundle_took_part(BundleOutcomeKind kind, OutcomeCause cause, bool? isSeen) =>
        Assert.Equal(isSeen, LearningEvidence.IsLossSeen(kind, cause));
}
