namespace Mev.Simulator.BlockEngine;

/// <summary>How the absence of an error looks in a bundle's status: all three were seen.</summary>
internal enum ErrShape
{
    Unknown = 0,

    /// <summary><c>{"Ok":null}</c>.</summary>
    OkObject = 1,

    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary><c>"null"</c>.</summary>
    Text,
}
