using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Orleans;

namespace Mev.Domain.Bundles;

/// <summary>What was observed of a bundle.</summary>
[GenerateSerializer, Immutable, Alias("mev.bundle-outcome")]
public sealed record BundleOutcome
{
    /// <summary>The opportunity that it went for; with it the bundle is identified.</summary>
    [Id(0)] public required OpportunityId Opportunity { get; init; }

    /// <summary>What became of it.</summary>
    [Id(1)] public required BundleOutcomeKind Kind { get; init; }

    /// <summary>Why.</summary>
    [Id(2)] public required OutcomeCause Cause { get; init; }

    /// <summary>Slot that it landed in, one that the feed has, or in which it was decided that there is none.</summary>
    [Id(3)] public required Slot Slot { get; init; }

    /// <summary>
    /// Profit after every fixed fee and before the tip, lamports; 0 unless landed or observed otherwise. Of one that
    /// failed on the chain its fee, negative.
    /// </summary>
    [Id(4)] public required Lamports Realised { get; init; }

    /// <summary>Tip paid; 0 unless landed, and where <see cref="IsUnseen"/>.</summary>
    [Id(5)] public required Lamports TipPaid { get; init; }

    /// <summary>The bid that won or would have been needed, where it was seen; null otherwise.</summary>
    [Id(6)] public Lamports? WinnerTip { get; init; }

    /// <summary>How far the feed was when it was observed, so that a restart repeats it at the same place.</summary>
    [Id(7)] public required FeedCursor Cursor { get; init; }

    /// <summary>When it was observed, milliseconds since 1970 by the chain's or the host's clock.</summary>
    [Id(8)] public required long ObservedMs { get; init; }

    /// <summary>
    /// What a landing changed token accounts of the wallet by, its wrapped SOL left out. Default none.
    /// </summary>
    [Id(9)] public TokenChanges Tokens { get; init; }

    /// <summary>
    /// Who took the chance, where somebody was seen on the chain; <see cref="WinnerTip"/> is their bid. Default none.
    /// </summary>
    [Id(10)] public AttributedWinner? Winner { get; init; }

    /// <summary>
    /// It is in the chain, and nobody could tell what it changed: profit and tip are not known, 0 here, and count as
    /// neither won nor lost. Default false.
    /// </summary>
    [Id(11)] public bool IsUnseen { get; init; }

    /// <summary>The outcome of a bundle that nothing was observed of, by the host's clock.</summary>
    /// <param name="opportunity">What it went for.</param>
    /// <param name="kind">What is known all the same.</param>
    /// <param name="cause">Why.</param>
    /// <param name="cursor">How far the feed was.</param>
    /// <param name="slot">In which it is decided.</param>
    /// <param name="nowNs">Nanoseconds since 1970.</param>
    public static BundleOutcome Unobserved(
        OpportunityId opportunity, BundleOutcomeKind kind, OutcomeCause cause, FeedCursor cursor, Slot slot,
        long nowNs) => new()
        {
            Opportunity = opportunity,
            Kind = kind,
            Cause = cause,
            Slot = slot,
            Realised = Lamports.Zero,
            TipPaid = Lamports.Zero,
            Cursor = cursor,
            ObservedMs = nowNs / 1_000_000,
        };

    /// <summary>
    /// Whether this, observed later, takes the place of an outcome of the same bundle: it says something else. Missing
    /// evidence takes back only what the chain had said (its fork died), and is told once more when a stop adds that
    /// the bundle is never sent again.
    /// </summary>
    public bool Corrects(BundleOutcome earlier)
    {
        if (this == earlier with { Cursor = Cursor, ObservedMs = ObservedMs }) return false;
        if (Kind != BundleOutcomeKind.Unknown) return true;
        return earlier.Kind == BundleOutcomeKind.Unknown
            ? Cause == OutcomeCause.Stopped && earlier.Cause != OutcomeCause.Stopped
            : earlier.Kind == BundleOutcomeKind.Landed || earlier.Cause == OutcomeCause.FailedOnChain;
    }
}
