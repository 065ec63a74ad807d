namespace Mev.Domain.Bundles;

/// <summary>What lost a chance to somebody else (specs: block engine, loss attribution).</summary>
public enum CompetitorView : byte
{
    /// <summary>It was not lost, or is still open, or the winner bid less and not before us: it says nothing.</summary>
    Unknown = 0,

    /// <summary>Somebody landed before ours could have: speed.</summary>
    Ahead = 1,

    /// <summary>Somebody landed no earlier with a higher bid for a compute unit: the tip.</summary>
    Behind = 2,

    /// <summary>Somebody took it and ours never came to the auction: coverage.</summary>
    Missed = 3,

    /// <summary>Nobody was seen to take it.</summary>
    Unseen = 4,
}
