namespace Mev.Domain.Bundles;

/// <summary>One of the ways in which the funnel is broken down.</summary>
public enum LandingLabel : byte
{
    /// <summary>The engine's region.</summary>
    Region = 0,

    /// <summary>The leader.</summary>
    Leader = 1,

    /// <summary>Compute units requested.</summary>
    Units = 2,

    /// <summary>The tip among the landed ones.</summary>
    Tip = 3,
}
