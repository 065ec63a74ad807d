using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Jito.Landing;

/// <content>What is told of a verdict, and what is counted with it.</content>
internal sealed partial class LandingTracker
{
    private void Tell(TrackedBundle tracked)
    {
        var (verdict, about) = (tracked.Verdict, AboutOf(tracked));
        var isVanished = tracked.Told?.Kind == BundleOutcomeKind.Landed && verdict.Kind != BundleOutcomeKind.Landed;
        if (isVanished)
        {
            alerts.Raise(JitoAlert.LandingVanished, about);
            _funnel.Leave(LandingStage.Landed, tracked.Labels);
            tracked.Stage = LandingStage.Accepted;
        }
        var isNamed = tracked.Told is { } told && (told.Kind, told.Cause) == (verdict.Kind, verdict.Cause);
        if (verdict.Cause == OutcomeCause.Unbundled && !isNamed) alerts.Raise(JitoAlert.Unbundled, about);
        else if (verdict.IsAlert && !isNamed) alerts.Raise(JitoAlert.Fault, about);
        tracked.Told = verdict;
        if (!isNamed) Count(tracked, about);
        var outcome = OutcomeOf(tracked.Bundle, verdict);
        CountLoss(tracked, CompetitorViews.Of(outcome, tracked.Bundle.Tip));
        _outcomes.Writer.TryWrite(outcome);
    }

    /// <summary>Which bundle, what is said of it, and the words of the engine that say so, if there are any.</summary>
    private static string AboutOf(TrackedBundle tracked)
    {
        var about = $"{tracked.Bundle.Id}, {tracked.Verdict.Cause}";
        return tracked.Verdict.Decisive is { Text.Length: > 0 } decisive ? $"{about}: {decisive.Text}" : about;
    }

    private void Count(TrackedBundle tracked, string about)
    {
        var verdict = tracked.Verdict;
        counts.Resolved(tracked.Labels.Region, verdict.Cause);
        var isFault = verdict.IsOwnFault && !tracked.IsFaultCounted;
        tracked.IsFaultCounted |= isFault;
        breaker?.Take(isFault, verdict.Cause, about);
    }

    /// <summary>
    /// Counts a loss once, when it is known who took the chance, or when the chain has decided and nobody was seen. Who
    /// took what never left is seen later than that, if at all.
    /// </summary>
    private void CountLoss(TrackedBundle tracked, CompetitorView view)
    {
        var isEarly = view == CompetitorView.Unseen
            && (!tracked.Verdict.IsProven || CompetitorViews.IsAway(tracked.Verdict.Cause));
        if (tracked.IsLossCounted || isEarly) return;
        tracked.IsLossCounted = view != CompetitorView.Unknown;
        counts.Lost(view);
    }

    private BundleOutcome OutcomeOf(SignedBundle bundle, LandingVerdict verdict)
    {
        var (isLanded, slot) = (verdict.Kind == BundleOutcomeKind.Landed, verdict.Slot ?? _newest);
        var realised = _amounts.Of(bundle.Submission.Opportunity, verdict, slot);
        var isInChain = isLanded || verdict.Cause == OutcomeCause.FailedOnChain;
        var isUnseen = isInChain && realised is null && _amounts.AreSeen;
        return new BundleOutcome
        {
            Opportunity = bundle.Submission.Opportunity,
            Kind = verdict.Kind,
            Cause = verdict.Cause,
            Slot = slot,
            Realised = realised?.Value ?? Lamports.Zero,
            Tokens = realised?.Tokens ?? default,
            TipPaid = isLanded && !isUnseen ? bundle.Tip : Lamports.Zero,
            IsUnseen = isUnseen,
            WinnerTip = verdict.Winner?.Bid,
            Winner = verdict.Winner,
            Cursor = new FeedCursor(0, slot, 0),
            ObservedMs = NowMs,
        };
    }

    private void Close(TrackedBundle tracked)
    {
        Suspect(tracked);
        _silence.Ended(tracked);
        CountLoss(tracked, CompetitorViews.Of(OutcomeOf(tracked.Bundle, tracked.Verdict), tracked.Bundle.Tip));
        _decided.Enqueue(tracked);
        if (_decided.Count <= options.DecidedMax) return;
        var oldest = _decided.Dequeue();
        _tracked.Remove(oldest.Bundle.Submission.Opportunity);
        _byId.Remove(oldest.Bundle.Id);
        counts.DecidedForgotten();
    }

    /// <summary>
    /// Received, and then nothing at all, many times in a row: that is what a silent penalty looks like.
    /// </summary>
    private void Suspect(TrackedBundle tracked)
    {
        if (tracked.ReceivedMs is null) return;
        _untraced = tracked.IsInvalid && !tracked.HasTrace ? _untraced + 1 : 0;
        if (_untraced == options.ShadowDropsMin)
            alerts.Raise(JitoAlert.ShadowDropSuspected, $"{_untraced} received bundles in a row left no trace");
    }
}
