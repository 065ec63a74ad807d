namespace Mev.Domain.Learning;

/// <summary>What a posterior may be told of a decision; each kind rests on evidence.</summary>
public enum LearningEventKind : byte
{
    /// <summary>Evidence is missing: not an event. No mapping yields it and no posterior accepts it.</summary>
    Unknown = 0,

    /// <summary>Our signature in a confirmed block without an error.</summary>
    Landed = 1,

    /// <summary>The engine said that the bid lost, or a better landed bid was attributed.</summary>
    Outbid = 2,

    /// <summary>The chance was gone: recomputed on the state of the failure, its value was at most 0.</summary>
    Late = 3,

    /// <summary>The chance had shrunk below the tip.</summary>
    ValueGuard = 4,

    /// <summary>Accepted by the engine, then absent from the chain.</summary>
    Dropped = 5,

    /// <summary>We did not bid, and the winner was seen.</summary>
    Skipped = 6,
}
