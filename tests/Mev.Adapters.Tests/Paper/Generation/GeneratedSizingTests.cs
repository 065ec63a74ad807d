using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;
using Mev.Fixtures;
using Mev.Fixtures.Cycles;

namespace Mev.Adapters.Tests.Paper.Generation;

/// <summary>Sizing on the real layouts and mathematics of the three protocols, against brute force.</summary>
public sealed class GeneratedSizingTests
{
    private const int AmmV4AndCpmm = 0;
    private const int Whirlpools = 10_000;

    [Theory]
    [InlineData(AmmV4AndCpmm)]
    [InlineData(Whirlpools)]
    [InlineData(4_000)]
    public async Task Sizing_of_real_pools_is_as_good_as_trying_inputs(int whirlpoolShare)
    {
        var losses = await Check(new CycleSizer(new SizingLimits()), whirlpoolShare, Soak.Seed, Soak.Times(12, 400));
        SizingLoss.Print(
            $"real pools, {whirlpoolShare} bp whirlpools, from seed {Soak.Seed}", losses.ConvertAll(each => each.Loss));
        Assert.Empty(losses.FindAll(each => !each.Loss.IsTolerated));
        Assert.Empty(losses.FindAll(each => (double)(each.Loss.Best - each.Loss.Found.BoundUnits) > 1 + each.Rounding));
    }

    [Fact]
    public async Task A_size_that_is_off_by_a_tenth_turns_the_check_red()
    {
        var mutant = new CycleSizer(new SizingLimits())
        {
            Mutation = input => new TokenAmount(input.Units - input.Units / 10),
        };
        Assert.Contains(await Check(mutant, AmmV4AndCpmm, seed: 1, 5), each => !each.Loss.IsTolerated);
    }

    /// <summary>Losses on so many paying cycles at least, each of the universe's kinds of pools among them.</summary>
    private static async Task<List<(SizingLoss Loss, double Rounding)>> Check(
        CycleSizer sizer, int whirlpoolShare, ulong seed, int count)
    {
        List<(SizingLoss Loss, double Rounding)> losses = [];
        HashSet<Protocol> protocols = [];
        for (; losses.Count < count; seed++)
        {
            var options = new GeneratedFeedOptions
            {
                Seed = seed,
                Pools = 16,
                Mints = 5,
                WhirlpoolShareBasisPoints = whirlpoolShare,
                FirstGap = 0.01,
                Transactions = 40,
                SwapMedian = 0.001,
                ReversionBand = 0.05,
            };
            Dictionary<PoolId, Pool> pools = [];
            await Generated.Replay(Generated.Feed(options), pools);
            var index = CycleIndex.Build(pools.Values, new CycleScope());
            Pool[] ordered = [.. index.Pools.ToArray().Select(pool => pools[pool.Id])];
            var clock = new ChainClock(new Slot(options.FirstSlot + 11), options.FirstUnixTime + 5);
            for (var cycle = 0; cycle < index.CycleCount && losses.Count < count; cycle++)
            {
                if (SizingLoss.Of(index, cycle, ordered, clock, sizer) is not { } loss) continue;
                losses.Add((loss, RoundingOf(index.EdgesOf(cycle), ordered)));
                foreach (var edge in index.EdgesOf(cycle)) protocols.Add(ordered[edge >> 1].Protocol);
            }
        }
        Assert.Equal(whirlpoolShare > 0, protocols.Contains(Protocol.Whirlpool));
        Assert.Equal(whirlpoolShare < Whirlpools, protocols.IsSupersetOf([
            Protocol.RaydiumAmmV4, Protocol.RaydiumCpmm]));
        return losses;
    }

    /// <summary>What half a unit into each Raydium AMM v4 pool yields at the end: its fee is rounded half up.</summary>
    private static double RoundingOf(ReadOnlySpan<int> edges, Pool[] pools)
    {
        var gain = 0.0;
        foreach (var edge in edges)
        {
            var pool = pools[edge >> 1];
            if (pool.Protocol == Protocol.RaydiumAmmV4) gain += 0.5;
            gain *= pool.MarginalRate((SwapDirection)(edge & 1));
        }
        return gain;
    }
}
