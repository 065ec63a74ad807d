using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Bundles;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Simulator;
using Mev.Simulator.Chain;
using Mev.Simulator.Flow;
using Mev.Simulator.Rivals;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>Cycles over every kind of pool that the generator makes, from their sizing to the bank.</summary>
public sealed class UniverseCycleTests
{
    private static readonly GeneratedFeedOptions Market = new()
    {
        Pools = 60,
        Mints = 8,
        TransactionsPerSlot = 8,
        Seed = 5,
        SwapMedian = 0.003,
        Token2022ShareBasisPoints = 3_000,
        FurtherShareBasisPoints = 6_000,
    };

    [Fact]
    public void What_is_sized_is_what_the_chain_executes()
    {
        var chain = new SimulatedChain(Market, new SimulatorOptions());
        var ticks = new ChainTicks(chain, new OrderFlow(chain, Market), Market, new SimulatorOptions());
        var (finder, addresses) = (new ChanceFinder(chain), new TokenAddresses());
        using var wallets = new RivalWallets(chain, Market.Seed, count: 1);
        var (seen, failed) = (new Dictionary<Protocol, int>(), new List<string>());
        for (var slot = 0; slot < 20; slot++)
        {
            ticks.NextSlots(1);
            lock (chain.Gate)
            {
                foreach (var chance in finder.Take(new Lamports(100_000)))
                {
                    var built = ChanceTransaction.Build(
                        chain, addresses, chance, wallets.Keys[0], new Lamports(10_000), TipAccounts.All[0]);
                    if (built is null) continue; // too large for a packet
                    var kinds = chance.Hops.Select(hop =>
                        chain.Pools.First(pool => pool.Id == hop.Hop.Pool).Protocol).ToList();
                    foreach (var kind in kinds) seen[kind] = seen.GetValueOrDefault(kind) + 1;
                    var trial = chain.Try([ChanceTransaction.Load(chain, built)!]);
                    if (trial.IsFailed) failed.Add($"{string.Join(" ", kinds)}: {trial.Steps[^1].Error}");
                }
            }
        }
        Assert.Empty(failed);
        Assert.Equal(8, seen.Count); // each protocol
    }
}
