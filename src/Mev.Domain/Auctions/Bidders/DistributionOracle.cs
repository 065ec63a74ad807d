using Mev.Domain.Learning;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>
/// The limit of what can be known before the bids are in: it knows every law, the market, the pool and the rivals'
/// state, and averages the 94 arms over auctions of its own drawing. What chance really gave stays hidden from it.
/// </summary>
/// <param name="seed">Seed of its drawing.</param>
public sealed class DistributionOracle(ulong seed) : IBidder
{
    private const int Auctions = 160;

    private readonly RivalEntry[] _entries = new RivalEntry[RivalLaw.Count];
    private readonly double[] _values = new double[Auctions];
    private readonly double[] _phases = new double[Auctions];
    private readonly AuctionPrice[] _prices = new AuctionPrice[Auctions];
    private readonly int[][] _ticks = [new int[Auctions], new int[Auctions]];

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        Draw(view);
        var (best, most) = (-1, 0.0);
        var seen = view.Chance.SeenValueSol;
        for (var arm = 0; arm < FactoredArms.Count; arm++)
        {
            var (share, route) = (FactoredArms.Shares[arm / 2], FactoredArms.All[arm].Route);
            var score = Gain(share * seen, _ticks[arm % 2]) * view.Chance.Survival - AuctionTerms.CostSol(route);
            if (score > most) (best, most) = (arm, score);
        }
        return best < 0
            ? AuctionBid.Skip
            : AuctionBid.OfShare(FactoredArms.Shares[best / 2], FactoredArms.All[best].Route, seen, best);
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback)
    {
        // it knows the laws
    }

    /// <summary>Mean gain of a tip over the drawn auctions, losses counted as 0, before survival.</summary>
    private double Gain(double tipSol, int[] ticks)
    {
        var sum = 0.0;
        for (var q = 0; q < Auctions; q++)
        {
            var gain = _values[q] - tipSol - AuctionTerms.LandingFeeSol;
            var price = _prices[q];
            if (gain < 0.0 || ticks[q] > price.DecidingTick) continue;
            if (ticks[q] == price.DecidingTick && tipSol <= price.BestBidSol) continue;
            sum += gain;
        }
        return sum / Auctions;
    }

    private void Draw(in AuctionView view)
    {
        var chance = view.Chance;
        var draws = BidderStream.Of(seed, chance.Id);
        var participation = RivalLaw.Participation(chance.SeenValueSol, chance.Market, chance.IsYoung);
        var error = ContestedChance.ValueErrorOf(chance.IsYoung);
        for (var q = 0; q < Auctions; q++)
        {
            DrawRivals(chance, participation, ref draws);
            _phases[q] = draws.Uniform();
            _values[q] = chance.SeenValueSol * DetMath.Exp(error * error / 2.0 - error * draws.Normal());
            _prices[q] = AuctionPrice.Of(_entries, chance, _phases[q], _values[q], view.Rivals, view.Level);
        }
        DrawTicks(_ticks[0], view.Terms.StandardLatencyMs, 0.4, chance, ref draws);
        DrawTicks(_ticks[1], view.Terms.FastLatencyMs, 0.3, chance, ref draws);
    }

    private void DrawRivals(ContestedChance chance, double participation, ref MixStream draws)
    {
        Span<bool> participates = stackalloc bool[RivalLaw.Count];
        var count = 0;
        while (count < RivalLaw.ContestedFrom)
        {
            count = 0;
            for (var rival = 0; rival < RivalLaw.Count; rival++)
            {
                participates[rival] = draws.Uniform() < participation;
                if (participates[rival]) count++;
            }
        }
        for (var rival = 0; rival < RivalLaw.Count; rival++)
        {
            _entries[rival] = RivalLaw.DrawTraits(
                rival, participates[rival], chance.Market, chance.IsYoung, ref draws);
        }
    }

    private void DrawTicks(
        int[] ticks, double medianMs, double spread, ContestedChance chance, ref MixStream draws)
    {
        for (var q = 0; q < Auctions; q++)
        {
            var latency = medianMs * DetMath.Exp(spread * draws.Normal()) * chance.Market.LatencyFactor;
            ticks[q] = AuctionPrice.TickOf(latency, _phases[q]);
        }
    }
}
