using Mev.Domain.Bundles;

namespace Mev.Domain.Auctions;

/// <summary>What a bidder does: a tip by a route, or nothing.</summary>
/// <param name="Route">The route; unknown for a skip.</param>
/// <param name="Share">The tip's share of the seen value; 0 for a skip.</param>
/// <param name="TipSol">The tip; 0 for a skip.</param>
/// <param name="Arm">Index among the bidder's arms; -1 when it has none.</param>
/// <param name="Landing">The bidder's own probability of landing, when it says one.</param>
public readonly record struct AuctionBid(Route Route, double Share, double TipSol, int Arm, double? Landing = null)
{
    /// <summary>No bid.</summary>
    public static AuctionBid Skip => new(Route.Unknown, 0.0, 0.0, -1);

    /// <summary>True for <see cref="Skip"/>.</summary>
    public bool IsSkip => Route == Route.Unknown;

    /// <summary>A share of the seen value.</summary>
    public static AuctionBid OfShare(double share, Route route, double seenValueSol, int arm) =>
        new(route, share, share * seenValueSol, arm);
}
