using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>
/// What became of a bundle, from what was observed of it and nothing else: a pure function, the same for any order and
/// any repetition of the evidence (specs: block engine, results to outcome and cause).
/// </summary>
public sealed record LandingVerdict
{
    private static readonly LandingEvidenceKind[] MayBeReceived =
    [
        LandingEvidenceKind.Uncertain, LandingEvidenceKind.Received, LandingEvidenceKind.Accepted,
        LandingEvidenceKind.BidRejected, LandingEvidenceKind.SimulationFailed, LandingEvidenceKind.LeaderMissing,
        LandingEvidenceKind.EngineFault, LandingEvidenceKind.Dropped, LandingEvidenceKind.PartlyProcessed,
        LandingEvidenceKind.Hint, LandingEvidenceKind.OnChain,
    ];

    /// <summary>What became of it; Unknown while evidence is missing.</summary>
    public required BundleOutcomeKind Kind { get; init; }

    /// <summary>Why, as far as it was observed.</summary>
    public required OutcomeCause Cause { get; init; }

    /// <summary>
    /// Nothing can change it any more: finalized, expired and absent, or never sent. Money that was reserved is
    /// released by this alone: an engine may refuse what it passes on all the same.
    /// </summary>
    public required bool IsProven { get; init; }

    /// <summary>The slot that the decisive evidence names; null where it names none.</summary>
    public Slot? Slot { get; init; }

    /// <summary>Recomputed value of a loss; null where it was not observed.</summary>
    public Lamports? Value { get; init; }

    /// <summary>Who took the chance, where somebody was found and we did not land.</summary>
    public AttributedWinner? Winner { get; init; }

    /// <summary>What decided on it where one observation did; null where the chain's word or silence did.</summary>
    public LandingEvidence? Decisive { get; init; }

    /// <summary>What it rests on, each observation once, by time.</summary>
    public required ImmutableArray<LandingEvidence> Evidence { get; init; }

    /// <summary>A fault of ours, of the engine or of the chain's promise: an operator should look.</summary>
    public bool IsAlert => Cause is OutcomeCause.Bug or OutcomeCause.Malformed or OutcomeCause.FailedOnChain
        or OutcomeCause.Unbundled;

    /// <summary>
    /// It speaks of a fault of ours. A failure on the chain does where nothing else explains it: a bundle is all or
    /// nothing, but one that was taken apart, or whose block was given up, is sent on piece by piece by others.
    /// </summary>
    public bool IsOwnFault => Cause is OutcomeCause.Bug or OutcomeCause.Malformed
        || (Cause == OutcomeCause.FailedOnChain && !Evidence.Any(IsOfFork));

    /// <summary>The verdict on a bundle.</summary>
    /// <param name="evidence">Everything observed so far, in any order, repeated or not.</param>
    /// <param name="tip">Our tip.</param>
    public static LandingVerdict Of(IEnumerable<LandingEvidence> evidence, Lamports tip)
    {
        ImmutableArray<LandingEvidence> all = [.. evidence.Distinct().OrderBy(item => item.AtMs)
            .ThenBy(item => item.Kind).ThenBy(item => item.Slot).ThenBy(item => item.Depth)
            .ThenBy(item => item.Cause).ThenBy(item => item.Value).ThenBy(item => item.IsFailed)
            .ThenBy(item => item.IsPastExpiry)
            .ThenBy(item => item.Winner?.Signature ?? item.Text, StringComparer.Ordinal)];
        var chain = ChainWord.Of(all);
        var (kind, cause, decisive) = Classify(all, chain, tip);
        var winner = kind == BundleOutcomeKind.Landed ? null : First(all, LandingEvidenceKind.Winner);
        var hasNeverLeft = kind == BundleOutcomeKind.Refused && decisive?.Kind == LandingEvidenceKind.NotSent;
        return new LandingVerdict
        {
            Kind = kind,
            Cause = cause,
            IsProven = chain.IsFinal || chain.IsExpired || hasNeverLeft,
            Slot = chain.IsThere ? chain.Slot : decisive?.Slot ?? chain.Slot,
            Value = decisive?.Kind == LandingEvidenceKind.SimulationFailed ? decisive.Value : null,
            Winner = winner?.Winner,
            Decisive = decisive,
            Evidence = all,
        };
    }

    private bool IsOfFork(LandingEvidence item) => item.Kind switch
    {
        LandingEvidenceKind.PartlyProcessed or LandingEvidenceKind.Dropped => true,
        LandingEvidenceKind.OnChain => !item.IsFailed || item.Slot != Slot, // it was in another block before
        _ => false,
    };

    private static (BundleOutcomeKind Kind, OutcomeCause Cause, LandingEvidence? Decisive) Classify(
        ImmutableArray<LandingEvidence> all, ChainWord chain, Lamports tip)
    {
        var partly = First(all, LandingEvidenceKind.PartlyProcessed);
        if (chain.IsThere && chain.IsFailed) return (BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain, null);
        if (chain.IsThere)
            return (BundleOutcomeKind.Landed, partly is null ? OutcomeCause.Landed : OutcomeCause.Unbundled, null);
        if (AtTheDoor(all) is { } refusal) return (BundleOutcomeKind.Refused, refusal.Cause, refusal);
        if (partly is not null) return Open(chain, OutcomeCause.Unbundled, partly);
        if (First(all, LandingEvidenceKind.BidRejected) is { } bid)
            return (BundleOutcomeKind.Refused, OutcomeCause.Outbid, bid);
        if (Simulated(all) is { } failed)
            return (BundleOutcomeKind.Refused, SimulationCause(failed, tip), failed);
        if (First(all, LandingEvidenceKind.LeaderMissing) is { } leaderless)
            return (BundleOutcomeKind.Refused, OutcomeCause.NoLeader, leaderless);
        if (First(all, LandingEvidenceKind.EngineFault) is { } fault)
            return (BundleOutcomeKind.Refused, OutcomeCause.Engine, fault);
        var accepted = First(all, LandingEvidenceKind.Accepted);
        if (accepted is not null && First(all, LandingEvidenceKind.Dropped) is { } dropped)
            return Open(chain, OutcomeCause.Dropped, dropped);
        var taken = WinnerCause(First(all, LandingEvidenceKind.Winner)?.Winner, tip);
        // a winner that was seen explains more than an acceptance after which nothing was heard
        return accepted is not null && taken == OutcomeCause.Unobserved
            ? Open(chain, OutcomeCause.Dropped, accepted)
            : Open(chain, taken, null);
    }

    /// <summary>Only the chain ends it: until then nothing is known.</summary>
    private static (BundleOutcomeKind Kind, OutcomeCause Cause, LandingEvidence? Decisive) Open(
        ChainWord chain, OutcomeCause cause, LandingEvidence? decisive) => chain.IsExpired
        ? (BundleOutcomeKind.Expired, cause, decisive)
        : (BundleOutcomeKind.Unknown, OutcomeCause.Unobserved, null);

    /// <summary>Why it never came in; none as soon as anything says that it may have.</summary>
    private static LandingEvidence? AtTheDoor(ImmutableArray<LandingEvidence> all)
    {
        if (all.Any(item => MayBeReceived.Contains(item.Kind))) return null;
        return First(all, LandingEvidenceKind.Refused) ?? First(all, LandingEvidenceKind.NotSent);
    }

    /// <summary>The earliest state that it failed on; one whose value is known before one whose is not.</summary>
    private static LandingEvidence? Simulated(ImmutableArray<LandingEvidence> all) =>
        all.Where(item => item.Kind == LandingEvidenceKind.SimulationFailed)
            .OrderBy(item => item.Value is null).ThenBy(item => item.Slot).ThenBy(item => item.Value).FirstOrDefault();

    /// <summary>A chance that was gone explains whatever a program said of it.</summary>
    private static OutcomeCause SimulationCause(LandingEvidence failed, Lamports tip) => failed.Value switch
    {
        _ when failed.Cause is not (OutcomeCause.Unobserved or OutcomeCause.Bug) => failed.Cause,
        null => failed.Cause,
        { } left when left <= Lamports.Zero => OutcomeCause.Late,
        { } left when left <= tip => OutcomeCause.ValueGuard,
        _ => OutcomeCause.Bug,
    };

    private static OutcomeCause WinnerCause(AttributedWinner? winner, Lamports tip) => winner switch
    {
        { IsAhead: true } => OutcomeCause.Late,
        { } other when other.Bid >= tip => OutcomeCause.Outbid,
        _ => OutcomeCause.Unobserved,
    };

    private static LandingEvidence? First(ImmutableArray<LandingEvidence> all, LandingEvidenceKind kind) =>
        all.FirstOrDefault(item => item.Kind == kind);
}
