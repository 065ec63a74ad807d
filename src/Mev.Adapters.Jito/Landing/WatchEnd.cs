namespace Mev.Adapters.Jito.Landing;

/// <summary>How a search for who took a chance ended.</summary>
public enum WatchEnd
{
    /// <summary>It goes on.</summary>
    Unknown = 0,

    /// <summary>Somebody who paid a tip account took it.</summary>
    Attributed,

    /// <summary>The chance went by a transaction that paid no tip account.</summary>
    Untipped,

    /// <summary>A state in between is not known: nobody is named.</summary>
    Unclear,

    /// <summary>Ours landed.</summary>
    Ours,

    /// <summary>It was there for as long as anybody looked.</summary>
    Untaken,

    /// <summary>More chances were watched than there is room for: the oldest was given up.</summary>
    GivenUp,
}
