using System.Collections.Immutable;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Simulator.BlockEngine;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Rivals;

/// <summary>
/// Rivals as many, as fast and as generous as was published (specs: block engine, server for tests): nobody wants dust,
/// one to three see what is worth something, five to twenty what is worth much. Each takes the chance with the amounts
/// of the state that it saw.
/// </summary>
internal sealed class DocumentedRivals : IRivals, IDisposable
{
    private const int RivalsMax = 20;
    private const int ChancesMax = 4; // of one tick that rivals go for
    private const double ShareMin = 0.3;
    private const double ShareWidth = 0.6;

    // Detection: log-normal with a median of 13 ms; then a decision, and 1 to 40 ms on the way.
    private const double DetectionMedianMs = 13;
    private const double DetectionSigma = 0.4;
    private const double DecisionMs = 1;
    private const double WayMinMs = 1;
    private const double WayWidthMs = 39;

    private static readonly Lamports Dust = new(50_000);
    private static readonly Lamports Major = new(50_000_000);
    private static readonly GammaLaw Shape = new(2);

    private readonly SimulatedChain _chain;
    private readonly SimulatorOptions _options;
    private readonly ChanceFinder _finder;
    private readonly RivalWallets _wallets;
    private readonly RandomKey _key;
    private readonly SortedDictionary<long, List<ImmutableArray<ChainTransaction>>> _coming = [];
    private ulong _chances;

    public DocumentedRivals(SimulatedChain chain, SimulatorOptions options, GeneratedFeedOptions market)
    {
        (_chain, _options, _key) = (chain, options, RandomKey.Of("block-engine", market.Seed));
        _wallets = new RivalWallets(chain, market.Seed, RivalsMax);
        _finder = new ChanceFinder(chain);
    }

    /// <summary>Chances that rivals saw so far.</summary>
    public ulong Chances => _chances;

    public IEnumerable<ImmutableArray<ChainTransaction>> Arriving(long tick)
    {
        foreach (var chance in _finder.Take(Dust).Take(ChancesMax)) See(chance, tick);
        var arriving = new List<ImmutableArray<ChainTransaction>>();
        while (_coming.Count > 0 && _coming.First() is var (due, bundles) && due <= tick)
        {
            arriving.AddRange(bundles);
            _coming.Remove(due);
        }
        return arriving;
    }

    public void Dispose() => _wallets.Dispose();

    private void See(Chance chance, long tick)
    {
        var draws = new DrawStream(_key, _chances++).At(EnginePurposes.Rivals);
        var isMajor = chance.Profit >= Major;
        var count = isMajor ? 5 + (int)(draws.Uniform() * 16) : 1 + (int)(draws.Uniform() * 3);
        var first = (int)(draws.Word() % RivalsMax);
        for (var number = 0; number < Math.Min(count, RivalsMax); number++)
        {
            var share = ShareMin + ShareWidth * draws.Beta(Shape, Shape);
            var sinceMs = draws.Uniform() * _options.TickMs // when in the tick the trade was
                + DetectionMedianMs * DetMath.Exp(DetectionSigma * draws.Normal()) + DecisionMs
                + WayMinMs + WayWidthMs * draws.Uniform();
            var tipAccount = TipAccounts.All[(int)(draws.Word() % TipAccounts.Count)];
            var tip = new Lamports((long)(chance.Profit.Value * share));
            var key = _wallets.Keys[(first + number) % RivalsMax];
            if (ChanceTransaction.Build(_chain, chance, key, tip, tipAccount) is not { } built) continue;
            if (ChanceTransaction.Load(_chain, built) is not { } loaded) continue;
            var due = tick + (long)(sinceMs / _options.TickMs);
            if (!_coming.TryGetValue(due, out var bundles)) _coming.Add(due, bundles = []);
            bundles.Add([loaded]);
        }
    }
}
