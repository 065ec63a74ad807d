using System.Collections.Immutable;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Simulator.BlockEngine;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Rivals;

/// <summary>
/// Rivals that see the chances which trades leave behind and go for them by a law. Each takes the chance with the
/// amounts of the state that it saw, in a transaction signed by its wallet, so who comes second fails.
/// </summary>
internal sealed class ChanceRivals : IRivals, IDisposable
{
    private const int ChancesMax = 4; // of one tick that rivals go for

    private readonly SimulatedChain _chain;
    private readonly SimulatorOptions _options;
    private readonly IRivalLaw _law;
    private readonly ChanceFinder _finder;
    private readonly RivalWallets _wallets;
    private readonly RandomKey _key;
    private readonly TokenAddresses _addresses = new();
    private readonly SortedDictionary<long, List<ImmutableArray<ChainTransaction>>> _coming = [];

    /// <summary>Rivals on a chain; their wallets are funded.</summary>
    public ChanceRivals(SimulatedChain chain, SimulatorOptions options, GeneratedFeedOptions market, IRivalLaw law)
    {
        (_chain, _options, _law, _key) = (chain, options, law, RandomKey.Of("block-engine", market.Seed));
        _wallets = new RivalWallets(chain, market.Seed, RivalWallets.Count);
        _finder = new ChanceFinder(chain);
    }

    /// <summary>Chances that they saw so far.</summary>
    public ulong Chances { get; private set; }

    public IEnumerable<ImmutableArray<ChainTransaction>> Arriving(long tick)
    {
        foreach (var chance in _finder.Take(_law.ValueMin).Take(ChancesMax)) See(chance, tick, Chances++);
        var arriving = new List<ImmutableArray<ChainTransaction>>();
        while (_coming.Count > 0 && _coming.First() is var (due, bundles) && due <= tick)
        {
            arriving.AddRange(bundles);
            _coming.Remove(due);
        }
        return arriving;
    }

    public void Dispose() => _wallets.Dispose();

    private void See(Chance chance, long tick, ulong number)
    {
        var draws = new DrawStream(_key, number).At(EnginePurposes.Ways);
        foreach (var bid in _law.Bids(chance, number))
        {
            var sinceMs = draws.Uniform() * _options.TickMs + bid.DelayMs; // the trade was somewhere in the tick
            var tipAccount = TipAccounts.All[(int)(draws.Word() % TipAccounts.Count)];
            // A bid above what the chance yields is one that no transaction can guard: nobody sends it.
            if (Build(chance, bid, tipAccount) is not { } built
                || ChanceTransaction.Load(_chain, built) is not { } loaded)
            {
                continue;
            }
            var due = tick + (long)(sinceMs / _options.TickMs);
            if (!_coming.TryGetValue(due, out var bundles)) _coming.Add(due, bundles = []);
            bundles.Add([loaded]);
        }
    }

    private Transaction? Build(Chance chance, RivalBid bid, Pubkey tipAccount) => ChanceTransaction.Build(
        _chain, _addresses, chance, _wallets.Keys[bid.Rival], bid.Tip, tipAccount);
}
