namespace Mev.Simulator.BlockEngine;

/// <summary>How a status that is not there looks: all four were seen.</summary>
internal enum NotFoundShape
{
    Unknown = 0,

    /// <summary><c>"value":[null]</c>.</summary>
    ValueOfNull = 1,

    /// <summary><c>"value":[]</c>.</summary>
    EmptyValue,

    /// <summary><c>"value":null</c>.</summary>
    NullValue,

    /// <summary><c>"result":null</c>.</summary>
    NullResult,
}
