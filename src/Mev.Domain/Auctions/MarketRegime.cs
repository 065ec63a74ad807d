namespace Mev.Domain.Auctions;

/// <summary>How hard the rivals of the simulator bid at present.</summary>
public enum MarketRegime : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Below the usual.</summary>
    Calm = 1,

    /// <summary>The usual.</summary>
    Normal = 2,

    /// <summary>Above the usual.</summary>
    War = 3,
}
