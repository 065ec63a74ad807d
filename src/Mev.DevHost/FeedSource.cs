namespace Mev.DevHost;

/// <summary>Where the market comes from.</summary>
public enum FeedSource
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>The recording where its files exist, else the generator.</summary>
    Auto = 1,

    /// <summary>The recording.</summary>
    Recording = 2,

    /// <summary>The seeded generator.</summary>
    Generator = 3,

    /// <summary>A whole market at one slot: every account of a program, and nothing afterwards.</summary>
    Snapshot = 4,

    /// <summary>The orders of a whole recorded day, executed here.</summary>
    Day = 5,

    /// <summary>The account stream of a node, or of the simulator.</summary>
    Yellowstone = 6,
}
