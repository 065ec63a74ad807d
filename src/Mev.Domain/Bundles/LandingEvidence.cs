using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Domain.Bundles;

/// <summary>One observation of a bundle. Equal ones count once, and their order of arrival does not matter.</summary>
public sealed record LandingEvidence
{
    /// <summary>What was observed.</summary>
    public required LandingEvidenceKind Kind { get; init; }

    /// <summary>When, milliseconds since 1970; orders what the chain was asked.</summary>
    public required long AtMs { get; init; }

    /// <summary>The slot that it speaks of; null where it names none.</summary>
    public Slot? Slot { get; init; }

    /// <summary>
    /// Why it was not sent or was refused at the door, or what a failed simulation says itself; Unobserved otherwise.
    /// </summary>
    public OutcomeCause Cause { get; init; }

    /// <summary>How deep in the chain; Unknown unless it is there.</summary>
    public SlotStatus Depth { get; init; }

    /// <summary>It is in the chain and failed: only its fee was taken.</summary>
    public bool IsFailed { get; init; }

    /// <summary>
    /// The finalized chain had passed the last block in which it could land, before it was looked for and not found.
    /// </summary>
    public bool IsPastExpiry { get; init; }

    /// <summary>
    /// Of a failed simulation: profit after fixed fees and before the tip at the state of that slot; null where nobody
    /// could tell.
    /// </summary>
    public Lamports? Value { get; init; }

    /// <summary>Who took the chance; null for every other kind.</summary>
    public AttributedWinner? Winner { get; init; }

    /// <summary>What the source said, for people; bounded by whoever read it. Default empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>
    /// Of an absence: it counts against a presence, for it is a later word, and as of the slot of that at least.
    /// </summary>
    public bool Refutes(LandingEvidence presence) => AtMs > presence.AtMs && !(Slot < presence.Slot);
}
