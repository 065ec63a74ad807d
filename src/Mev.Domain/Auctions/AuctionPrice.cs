namespace Mev.Domain.Auctions;

/// <summary>What the rivals make of an auction without us.</summary>
/// <param name="DecidingTick">The earliest tick that holds a rival's bid, from 0.</param>
/// <param name="BestBidSol">The highest bid in it.</param>
public readonly record struct AuctionPrice(int DecidingTick, double BestBidSol)
{
    private const double TickMs = 50.0;

    /// <summary>The rivals' bids for <paramref name="chance"/>; at least one takes part.</summary>
    public static AuctionPrice Of(ContestedChance chance, RivalField rivals, double baseLevel) =>
        Of(chance.Rivals.AsSpan(), chance, chance.TickPhase, chance.ValueSol, rivals, baseLevel);

    /// <summary>The bids of other entries, at another phase and value, on the same pool at the same time.</summary>
    internal static AuctionPrice Of(
        ReadOnlySpan<RivalEntry> entries, ContestedChance chance, double phase, double valueSol, RivalField rivals,
        double baseLevel)
    {
        var price = new AuctionPrice(int.MaxValue, 0.0);
        for (var rival = 0; rival < RivalLaw.Count; rival++)
        {
            var entry = entries[rival];
            if (!entry.Participates) continue;
            var bid = rivals.BidOf(rival, entry, chance.Pool, chance.Market, baseLevel, valueSol);
            price = price.With(TickOf(entry.LatencyMs, phase), bid);
        }
        return price;
    }

    /// <summary>The price with one more rival's bid.</summary>
    public AuctionPrice With(int tick, double bidSol)
    {
        if (tick > DecidingTick) return this;
        return tick < DecidingTick ? new AuctionPrice(tick, bidSol) : this with
        {
            BestBidSol = Math.Max(BestBidSol, bidSol),
        };
    }

    /// <summary>The tick in which a bid with that latency arrives.</summary>
    public static int TickOf(double latencyMs, double phase)
    {
        var close = TickMs * (1.0 - phase);
        return latencyMs <= close ? 0 : 1 + (int)((latencyMs - close) / TickMs);
    }
}
