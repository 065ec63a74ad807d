namespace Mev.Adapters.Paper;

/// <summary>What a journalled landing has to do when a new reading of the feed comes to its place.</summary>
public enum LandingRepetition
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>
    /// It comes out with the value that is journalled; otherwise this is not the feed of that journal. Right where
    /// orders are handed in before their slot begins, as in lock-step.
    /// </summary>
    Exact = 1,

    /// <summary>
    /// It is executed on what is there, and one with another value is counted. Right where orders may come after their
    /// slot: what landings did that a killed process never journalled is gone with it, and what is journalled stands.
    /// </summary>
    AsFarAsPossible = 2,
}
