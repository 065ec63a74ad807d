using Mev.Domain.Bundles;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>
/// The upper bound: it sees every bid, tick and own latency and pays a hair more than the best rival. Only survival
/// stays a chance to it.
/// </summary>
public sealed class BidOracle : IBidder
{
    private const double HairSol = 1e-9;
    private const double LeastTipSol = 0.000001;

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        var price = AuctionPrice.Of(view.Chance, view.Rivals, view.Level);
        var best = AuctionBid.Skip;
        var most = 0.0;
        foreach (var route in (ReadOnlySpan<Route>)[Route.Standard, Route.Fast])
        {
            var tick = AuctionPrice.TickOf(view.Chance.LatencyMs(route), view.Chance.TickPhase);
            if (tick > price.DecidingTick) continue;
            var tip = tick < price.DecidingTick ? LeastTipSol : price.BestBidSol + HairSol;
            var gain = view.Chance.ValueSol - tip - AuctionTerms.LandingFeeSol;
            var score = gain * view.Chance.Survival - AuctionTerms.CostSol(route);
            if (gain < 0.0 || score <= most) continue;
            most = score;
            best = new AuctionBid(route, tip / view.Chance.SeenValueSol, tip, -1);
        }
        return best;
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback)
    {
        // it has nothing to learn
    }
}
