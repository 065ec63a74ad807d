namespace Mev.Grains.Feed;

/// <summary>Which updates meet in one drain.</summary>
public enum DrainPace
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>
    /// One drain for each batch of the feed, and the feed waits for it: a recording gives the same decisions
    /// every time.
    /// </summary>
    LockStep = 1,

    /// <summary>The feed never waits; what arrives during a drain is conflated into the next.</summary>
    Conflate = 2,
}
