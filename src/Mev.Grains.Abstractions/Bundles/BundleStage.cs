namespace Mev.Grains.Abstractions.Bundles;

/// <summary>How far a bundle is.</summary>
public enum BundleStage
{
    /// <summary>Nobody claimed it.</summary>
    Unknown = 0,

    /// <summary>A strategy may append its intent.</summary>
    Claimed = 1,

    /// <summary>Its intent is durable.</summary>
    Intended = 2,

    /// <summary>Its bytes were handed to the sender.</summary>
    Sent = 3,

    /// <summary>Its outcome is durable.</summary>
    Resolved = 4,
}
