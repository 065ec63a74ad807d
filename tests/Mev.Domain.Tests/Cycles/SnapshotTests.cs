using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Fixtures;
using Mev.Fixtures.Cycles;

namespace Mev.Domain.Tests.Cycles;

/// <summary>The table of section 5 of the data folder's README, and sizing on the same markets.</summary>
public sealed class SnapshotTests
{
    private static readonly ulong[] GridInputs = [.. Enumerable.Range(5, 8).Select(k => (ulong)Math.Pow(10, k))];

    [Theory]
    [InlineData(148_605_264, 75, 54, 71, 4, 40, 2, 38)]
    [InlineData(175_391_999, 289, 150, 246, 55, 622, 30, 764)]
    public void Pools_mints_and_cycles_are_those_of_the_table(
        ulong slot, int pools, int mints, int pairs, int undirectedTwo, int undirectedThree, int wsolTwo, int wsolThree)
    {
        var market = SnapshotMarket.Load(slot);
        Assert.Equal(pools, market.Pools.Length);
        Assert.Equal(mints, market.LiveMints.Length);
        Assert.Equal(pairs, market.Pools.Select(pool => string.Join(' ', new[] { pool.MintA, pool.MintB }.Order()))
            .Distinct().Count());
        var wsol = CycleIndex.Build(market.Pools, new CycleScope());
        Assert.Equal((wsolTwo, wsolThree), CountByHops(wsol));
        var any = CycleIndex.Build(market.Pools, new CycleScope { BaseMints = [.. market.LiveMints] });
        Assert.Equal((2 * undirectedTwo, 2 * undirectedThree), CountByHops(any));
        Assert.Equal(0, any.LeftOut);
    }

    [Theory]
    [InlineData(148_605_264, 1, 8, 9, 212_083, 100_000,
        "65shmpuYmxx5p7ggNCZbyrGLCXVqbBR1ZD5aAocRBUNG Fvtf8VCjnkqbETA6KtyHYqHm26ut6w184Jqm4MQjPvv7 "
        + "AiZa55wSymdzwU9VDoWBrjizFjHdzDJFRNks2enP35sw")]
    [InlineData(175_391_999, 3, 93, 235, 50_296_985, 10_000_000,
        "83v8iPyZihDEjDdY8RdZddyZNyUtXngz69Lgo9Kt5d6d A37MscJvoHhGG15kFQAVDi3DNfmgK7wGdLB8GZudsU4u "
        + "KKo6KrYG1Xchw6TYLma6oAu8baKEKLrvbKEH9FbJMSR")]
    public void Profits_on_the_decimal_grid_are_those_of_the_table_and_sizing_reaches_them(
        ulong slot, int payingTwo, int payingThree, int pairs, long largest, ulong largestInput, string largestPools)
    {
        var market = SnapshotMarket.Load(slot);
        var index = CycleIndex.Build(market.Pools, new CycleScope());
        var pools = Universe.ByNumber(index, market.Pools);
        var filter = new CandidateFilter(index);
        for (var i = 0; i < pools.Length; i++) filter.Update(i, pools[i]);
        filter.Evaluate([.. Enumerable.Range(0, pools.Length)]);
        var survivors = filter.Survivors.ToArray().ToHashSet();
        var sizer = new CycleSizer(new SizingLimits());
        var sized = new SizedCycle();
        var (paying, hits, top) = (new[] { 0, 0 }, 0, (Profit: (Int128)0, Input: 0UL, Cycle: -1));
        for (var cycle = 0; cycle < index.CycleCount; cycle++)
        {
            var force = new BruteForce(index, cycle, pools, market.Clock);
            var profits = GridInputs.Where(input => force.ProfitOf(input) > 0).ToList();
            if (profits.Count == 0) continue;
            hits += profits.Count;
            paying[index.EdgesOf(cycle).Length - 2]++;
            var best = force.Best(profits);
            if (best.Profit > top.Profit) top = (best.Profit, best.Input, cycle);
            Assert.Contains(cycle, survivors);
            Assert.True(sizer.Size(index, cycle, pools, market.Clock, sized));
            Assert.True(sized.ProfitUnits >= best.Profit - best.Profit / 10_000 - 200);
            Assert.Equal((Int128)sized.ProfitUnits, force.ProfitOf(sized.AmountIn.Units));
        }
        Assert.Equal((payingTwo, payingThree, pairs), (paying[0], paying[1], hits));
        Assert.Equal((largest, largestInput), ((long)top.Profit, top.Input));
        Assert.Equal(largestPools, string.Join(' ',
            index.EdgesOf(top.Cycle).ToArray().Select(edge => index.HopOf(edge).Pool)));
    }

    [Theory]
    [InlineData(148_605_264)]
    [InlineData(175_391_999)]
    public void Sizing_is_as_good_as_trying_every_input(ulong slot)
    {
        var losses = Check(slot, new CycleSizer(new SizingLimits()), Soak.Times(12, int.MaxValue));
        SizingLoss.Print($"snapshot {slot}", losses);
        Assert.DoesNotContain(losses, loss => !loss.IsTolerated);
        Assert.DoesNotContain(losses, loss => loss.Found.BoundUnits + 1 < loss.Best);
        Assert.Contains(losses, loss => loss.IsExhaustive);
    }

    [Fact]
    public void A_size_that_is_off_by_a_tenth_turns_the_check_red()
    {
        var mutant = new CycleSizer(new SizingLimits())
        {
            Mutation = input => new TokenAmount(input.Units + input.Units / 10),
        };
        Assert.Contains(Check(175_391_999, mutant, 5), loss => !loss.IsTolerated);
    }

    // Cycles from whatever mint, so that coarse and fine units, deep and dry pools all occur.
    private static List<SizingLoss> Check(ulong slot, CycleSizer sizer, int exhaustiveMax)
    {
        var market = SnapshotMarket.Load(slot);
        var index = CycleIndex.Build(market.Pools, new CycleScope { BaseMints = [.. market.LiveMints] });
        var pools = Universe.ByNumber(index, market.Pools);
        var filter = new CandidateFilter(index);
        for (var i = 0; i < pools.Length; i++) filter.Update(i, pools[i]);
        filter.Evaluate([.. Enumerable.Range(0, pools.Length)]);
        List<SizingLoss> losses = [];
        foreach (var cycle in filter.Survivors)
        {
            if (SizingLoss.Of(index, cycle, pools, market.Clock, sizer) is not { } loss) continue;
            losses.Add(loss);
            if (losses.Count(one => one.IsExhaustive) >= exhaustiveMax) break;
        }
        return losses;
    }

    private static (int Two, int Three) CountByHops(CycleIndex index)
    {
        var byHops = Enumerable.Range(0, index.CycleCount).CountBy(cycle => index.EdgesOf(cycle).Length)
            .ToDictionary();
        return (byHops.GetValueOrDefault(2), byHops.GetValueOrDefault(3));
    }
}
