using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// What bundles brought: of those in the chain as their transactions show it where somebody observes them, of others
/// and elsewhere as pools at a slot value them.
/// </summary>
internal sealed class LandedAmounts(ValueAtSlot valueAtSlot, SubmittedCycles? cycles)
{
    /// <summary>Somebody observes transactions: what bundles in the chain changed is seen, or not known.</summary>
    public bool AreSeen => cycles is not null;

    /// <summary>What a cycle would have earned at a slot; null where that is not known.</summary>
    public Lamports? ValueAt(OpportunityId opportunity, Slot slot) => valueAtSlot(opportunity, slot);

    /// <summary>What a bundle brought; null where nobody saw it.</summary>
    public Realised? Of(OpportunityId opportunity, LandingVerdict verdict, Slot slot)
    {
        if (!IsThere(verdict)) return Of(verdict.Value);
        return cycles is null ? Of(valueAtSlot(opportunity, slot)) : cycles.RealisedAt(opportunity, slot);
    }

    /// <summary>
    /// What a bundle in the chain changed is not seen yet: it may still come by the stream, or from a node that is
    /// asked.
    /// </summary>
    public bool IsAwaited(TrackedBundle tracked) => cycles is not null && !tracked.IsUnseen
        && IsThere(tracked.Verdict) && tracked.Verdict.Slot is { } slot
        && cycles.RealisedAt(tracked.Bundle.Submission.Opportunity, slot) is null;

    private static Realised? Of(Lamports? value) => value is { } known ? new Realised(known, default) : null;

    private static bool IsThere(LandingVerdict verdict) =>
        verdict.Kind == BundleOutcomeKind.Landed || verdict.Cause == OutcomeCause.FailedOnChain;
}
