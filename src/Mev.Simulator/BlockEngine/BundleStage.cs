namespace Mev.Simulator.BlockEngine;

/// <summary>How far a bundle came.</summary>
internal enum BundleStage
{
    Unknown = 0,

    /// <summary>It waits for an auction.</summary>
    Waiting,

    /// <summary>It was forwarded and did not survive; its blockhash has yet to expire.</summary>
    Forwarded,

    /// <summary>Its transactions are in a block.</summary>
    Landed,

    /// <summary>Its block cannot be undone.</summary>
    Finalized,

    /// <summary>It will never land.</summary>
    Failed,

    /// <summary>Its sender is in disgrace: nothing happens to it, and nothing is told.</summary>
    Discarded,
}
