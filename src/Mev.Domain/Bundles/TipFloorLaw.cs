namespace Mev.Domain.Bundles;

/// <summary>Of which time the competing tips of paper orders are; recorded, and never given another meaning.</summary>
public enum TipFloorLaw : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>September 2024: median 10,000 lamports.</summary>
    September2024 = 1,

    /// <summary>January 2026: the same law at a median of 4,250 lamports.</summary>
    January2026 = 2,
}
