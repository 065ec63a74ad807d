using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Simulator.BlockEngine;

namespace Mev.Simulator.Rivals;

/// <summary>
/// Rivals as many, as fast and as generous as was published (specs: block engine, server for tests): nobody wants dust,
/// one to three see what is worth something, five to twenty what is worth much.
/// </summary>
internal sealed class DocumentedLaw(GeneratedFeedOptions market) : IRivalLaw
{
    private const double ShareMin = 0.3;
    private const double ShareWidth = 0.6;

    // Detection: log-normal with a median of 13 ms; then a decision, and 1 to 40 ms on the way.
    private const double DetectionMedianMs = 13;
    private const double DetectionSigma = 0.4;
    private const double DecisionMs = 1;
    private const double WayMinMs = 1;
    private const double WayWidthMs = 39;

    private static readonly Lamports Major = new(50_000_000);
    private static readonly GammaLaw Shape = new(2);

    private readonly RandomKey _key = RandomKey.Of("block-engine", market.Seed);

    public Lamports ValueMin { get; } = new(50_000);

    public IEnumerable<RivalBid> Bids(Chance chance, ulong number)
    {
        var draws = new DrawStream(_key, number).At(EnginePurposes.Rivals);
        var count = chance.Profit >= Major ? 5 + (int)(draws.Uniform() * 15.999) : 1 + (int)(draws.Uniform() * 2.999);
        var first = (int)(draws.Word() % RivalWallets.Count);
        var bids = new RivalBid[count];
        for (var i = 0; i < count; i++)
        {
            var share = ShareMin + ShareWidth * draws.Beta(Shape, Shape);
            var delay = DetectionMedianMs * DetMath.Exp(DetectionSigma * draws.Normal()) + DecisionMs
                + WayMinMs + WayWidthMs * draws.Uniform();
            bids[i] = new RivalBid(
                (first + i) % RivalWallets.Count, new Lamports((long)(chance.Profit.Value * share)), delay);
        }
        return bids;
    }
}
