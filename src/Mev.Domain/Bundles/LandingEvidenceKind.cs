namespace Mev.Domain.Bundles;

/// <summary>What was observed of a bundle (specs: block engine, results).</summary>
public enum LandingEvidenceKind : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Its bytes never left; with the cause.</summary>
    NotSent = 1,

    /// <summary>The engine refused it at the door; with the cause.</summary>
    Refused = 2,

    /// <summary>
    /// Sent, and nobody knows whether it was received: a timeout, a reset, an answer that says nothing.
    /// </summary>
    Uncertain = 3,

    /// <summary>The engine has it.</summary>
    Received = 4,

    /// <summary>The engine passed it on to a validator.</summary>
    Accepted = 5,

    /// <summary>The engine says that another bid was higher.</summary>
    BidRejected = 6,

    /// <summary>The engine's simulation failed; with the value recomputed at that state, where it is known.</summary>
    SimulationFailed = 7,

    /// <summary>The engine had no leader to pass it on to.</summary>
    LeaderMissing = 8,

    /// <summary>The engine dropped it for reasons of its own.</summary>
    EngineFault = 9,

    /// <summary>The engine says that it did not make it: its blockhash expired, or its block was abandoned.</summary>
    Dropped = 10,

    /// <summary>The engine says that only a part was processed.</summary>
    PartlyProcessed = 11,

    /// <summary>
    /// The engine says that it was processed, finalized or landed: a reason to ask the chain, no more.
    /// </summary>
    Hint = 12,

    /// <summary>The chain has our signature, so deep, with or without an error.</summary>
    OnChain = 13,

    /// <summary>The chain does not have our signature.</summary>
    OffChain = 14,

    /// <summary>A landed transaction of another that took the chance was found.</summary>
    Winner = 15,
}
