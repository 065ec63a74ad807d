using Mev.Domain.Learning;

namespace Mev.Domain.Auctions;

/// <summary>What became of a bid.</summary>
/// <param name="Kind">The cause.</param>
/// <param name="ProfitSol">Value less tip, fee and route cost of a landing; the route cost alone otherwise.</param>
public readonly record struct AuctionOutcome(LearningEventKind Kind, double ProfitSol)
{
    /// <summary>The tip was paid.</summary>
    public bool IsLanded => Kind == LearningEventKind.Landed;

    /// <summary>
    /// Settles a bid. The order of the causes is the rule: too late, then not worth its tip, then outbid, then lost
    /// after winning. A bid in an earlier tick than every rival's wins alone.
    /// </summary>
    public static AuctionOutcome Of(ContestedChance chance, AuctionPrice price, AuctionBid bid)
    {
        if (bid.IsSkip) return new AuctionOutcome(LearningEventKind.Skipped, 0.0);
        var cost = AuctionTerms.CostSol(bid.Route);
        var kind = KindOf(chance, price, bid);
        var gain = kind == LearningEventKind.Landed
            ? chance.ValueSol - bid.TipSol - AuctionTerms.LandingFeeSol
            : 0.0;
        return new AuctionOutcome(kind, gain - cost);
    }

    private static LearningEventKind KindOf(ContestedChance chance, AuctionPrice price, AuctionBid bid)
    {
        var tick = AuctionPrice.TickOf(chance.LatencyMs(bid.Route), chance.TickPhase);
        if (tick > price.DecidingTick) return LearningEventKind.Late;
        if (chance.ValueSol < bid.TipSol + AuctionTerms.LandingFeeSol) return LearningEventKind.ValueGuard;
        if (tick == price.DecidingTick && bid.TipSol <= price.BestBidSol) return LearningEventKind.Outbid;
        return chance.SurvivalDraw >= chance.Survival ? LearningEventKind.Dropped : LearningEventKind.Landed;
    }
}
