using System.Diagnostics.CodeAnalysis;

namespace Mev.Domain.Bundles;

/// <summary>How far a bundle came, in this order; each stage is counted once for a bundle.</summary>
public enum LandingStage : byte
{
    /// <summary>A decision to submit was made: what was offered to us.</summary>
    Decided = 0,

    /// <summary>It was signed.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "the word of the specification, no type here")]
    Signed = 1,

    /// <summary>Its first byte left.</summary>
    Sent = 2,

    /// <summary>The engine answered with its id.</summary>
    Received = 3,

    /// <summary>The engine passed it on to a validator.</summary>
    Accepted = 4,

    /// <summary>It is in a confirmed block, without an error.</summary>
    Landed = 5,

    /// <summary>That block cannot be undone.</summary>
    Finalized = 6,
}
