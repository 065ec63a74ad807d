namespace Mev.Simulator.BlockEngine;

/// <summary>A result that a region tells of every bundle, whatever the auction would say.</summary>
internal enum RejectionRow
{
    /// <summary>What the auction says.</summary>
    Unknown = 0,

    /// <summary>A better bid on the same state.</summary>
    StateAuction,

    /// <summary>A better batch of bids.</summary>
    WinningBatch,

    /// <summary>A transaction failed when it was tried.</summary>
    Simulation,

    /// <summary>The engine failed.</summary>
    Internal,

    /// <summary>The engine gave it up.</summary>
    Dropped,
}
