using Mev.Domain.Cycles;
using Mev.Domain.Pools;
using Mev.Fixtures.Cycles;

namespace Mev.Domain.Tests.Cycles;

public sealed class CandidateFilterTests
{
    [Theory]
    [InlineData(1, 60, 3)]
    [InlineData(2, 60, 3)]
    [InlineData(3, 60, 3)]
    [InlineData(4, 60, 3)]
    [InlineData(5, 24, 4)]
    public void A_cycle_that_pays_at_any_size_survives(ulong seed, int poolCount, int hopsMax)
    {
        var universe = Universe.Generate(seed, 12, poolCount);
        var index = CycleIndex.Build(universe, new CycleScope { HopsMax = hopsMax });
        var pools = Universe.ByNumber(index, universe);
        var filter = Filled(index, pools);
        filter.Evaluate([.. Enumerable.Range(0, pools.Length)]);
        var survivors = filter.Survivors.ToArray().ToHashSet();
        var paying = 0;
        for (var cycle = 0; cycle < index.CycleCount; cycle++)
        {
            var (_, profit) = new BruteForce(index, cycle, pools, default).Best(BruteForce.Grid(300));
            if (profit > 0) paying++;
            Assert.True(profit <= 0 || survivors.Contains(cycle), $"cycle {cycle} pays {profit} and was discarded");
        }
        Assert.InRange(paying, 5, index.CycleCount - 5);
        Assert.True(survivors.Count < index.CycleCount);
    }

    /// <summary>Also where the gap is the thinnest that a fee could leave: a unit of a whole WSOL.</summary>
    [Theory]
    [InlineData(1e-9, true)]
    [InlineData(1e-12, true)]
    [InlineData(0, true)] // rounding may have taken what there was
    [InlineData(-1e-8, false)]
    [InlineData(-1e-4, false)]
    public void A_gap_however_thin_is_not_discarded(double gap, bool survives)
    {
        var universe = Universe.Generate(5, 12, 60);
        var index = CycleIndex.Build(universe, new CycleScope());
        var filter = new CandidateFilter(index);
        var edges = index.EdgesOf(0).ToArray();
        foreach (var edge in edges) filter.EdgeRates[edge] = 1;
        filter.EdgeRates[edges[0]] = 1.7;
        filter.EdgeRates[edges[1]] = (1 + gap) / 1.7;
        filter.Evaluate([.. Enumerable.Range(0, index.Pools.Length)]);
        Assert.Equal(survives, filter.Survivors.Contains(0));
    }

    [Fact]
    public void Lists_and_full_scan_give_the_same_answer_and_count_each_candidate_once()
    {
        var universe = Universe.Generate(5, 12, 60);
        var index = CycleIndex.Build(universe, new CycleScope());
        var pools = Universe.ByNumber(index, universe);
        var filter = Filled(index, pools);
        var random = new SplitMix(11);
        var scans = 0;
        for (var round = 0; round < 200; round++)
        {
            int[] dirty = [.. Enumerable.Range(0, random.Below(40)).Select(_ => random.Below(pools.Length))];
            var touched = dirty.SelectMany(pool => index.CyclesOf(pool).ToArray()).Distinct().Order().ToArray();
            var expected = touched.Where(cycle => Product(index, filter, cycle) > 1).ToArray();
            var tally = filter.Evaluate(dirty);
            if (tally.IsFullScan) scans++;
            Assert.Equal(touched.Length, tally.Candidates);
            Assert.Equal(expected, filter.Survivors.ToArray());
            Assert.Equal(expected.Length, tally.Survivors);
        }
        Assert.InRange(scans, 20, 180);
    }

    [Fact]
    public void A_muted_pool_takes_its_cycles_with_it()
    {
        var universe = Universe.Generate(5, 12, 60);
        var index = CycleIndex.Build(universe, new CycleScope());
        var filter = Filled(index, Universe.ByNumber(index, universe));
        int[] all = [.. Enumerable.Range(0, index.Pools.Length)];
        filter.Evaluate(all);
        var cycle = filter.Survivors[0];
        var pool = index.EdgesOf(cycle)[0] >> 1;
        filter.Mute(pool);
        filter.Evaluate(all);
        foreach (var survivor in filter.Survivors)
            Assert.DoesNotContain(index.EdgesOf(survivor).ToArray(), edge => edge >> 1 == pool);
        Assert.True(filter.Survivors.Length > 0);
    }

    [Fact]
    public void Evaluating_allocates_nothing()
    {
        var universe = Universe.Generate(6, 12, 60);
        var index = CycleIndex.Build(universe, new CycleScope());
        var filter = Filled(index, Universe.ByNumber(index, universe));
        int[] one = [3], few = [1, 2], all = [.. Enumerable.Range(0, index.Pools.Length)];
        var total = 0L;
        void Evaluate() => total += filter.Evaluate(one).Candidates + filter.Evaluate(few).Candidates
            + filter.Evaluate(all).Candidates;
        Evaluate();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Evaluate();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(total > 0);
    }

    private static CandidateFilter Filled(CycleIndex index, Pool[] pools)
    {
        var filter = new CandidateFilter(index);
        for (var i = 0; i < pools.Length; i++) filter.Update(i, pools[i]);
        return filter;
    }

    private static double Product(CycleIndex index, CandidateFilter filter, int cycle)
    {
        var product = 1.0;
        foreach (var edge in index.EdgesOf(cycle)) product *= filter.EdgeRates[edge];
        return product;
    }
}
