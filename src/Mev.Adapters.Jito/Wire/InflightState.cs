namespace Mev.Adapters.Jito.Wire;

/// <summary>States of a bundle as the engine names them.</summary>
internal enum InflightState
{
    /// <summary>A name that is not known.</summary>
    Unknown = 0,

    /// <summary>The engine does not know the id; also reported of bundles that landed.</summary>
    Invalid = 1,

    /// <summary>Not yet failed or landed.</summary>
    Pending = 2,

    /// <summary>No region passed it on.</summary>
    Failed = 3,

    /// <summary>Landed.</summary>
    Landed = 4,
}
