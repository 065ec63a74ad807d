namespace Mev.DevHost;

/// <summary>Where the simulator runs that the mode Simulated sends to.</summary>
public enum SimulatorPlace
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>In this process, on loopback, with our wallet funded.</summary>
    InProcess = 1,

    /// <summary>Elsewhere: endpoints and funds are the user's to say.</summary>
    External = 2,
}
