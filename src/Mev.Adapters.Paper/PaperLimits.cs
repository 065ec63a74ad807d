namespace Mev.Adapters.Paper;

/// <summary>The bounds of a <see cref="PaperMarket"/>; what happens at each is counted.</summary>
public sealed record PaperLimits
{
    /// <summary>
    /// Accounts kept at most that came before the pool that names them. Beyond, an account is not kept and its pool
    /// stays without it, so nothing is settled on it. Default 262,144.
    /// </summary>
    public int OrphansMax { get; init; } = 262_144;

    /// <summary>
    /// Paid cycles remembered at most whose gaps still stand; beyond, a further cycle is not paid. Default 262,144.
    /// </summary>
    public int SpentCyclesMax { get; init; } = 262_144;

    /// <summary>
    /// Settled orders remembered at most; the same order again has no effect. Beyond, the oldest is forgotten. Default
    /// 1,048,576.
    /// </summary>
    public int SettledMax { get; init; } = 1 << 20;

    /// <summary>
    /// Journalled orders without evidence remembered at most; without evidence again, one is no news. Beyond, the
    /// oldest is forgotten, and its next unknown outcome is journalled once more. Default 262,144.
    /// </summary>
    public int KnownUnknownMax { get; init; } = 262_144;

    /// <summary>Dead slots remembered at most; beyond, the longest known is forgotten. Default 4,096.</summary>
    public int DeadSlotsMax { get; init; } = 4_096;
}
