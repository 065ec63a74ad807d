using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Cycles;

public sealed class CycleIndexTests
{
    [Theory]
    [InlineData(1, 5, 12, 2)]
    [InlineData(2, 5, 14, 3)]
    [InlineData(3, 12, 40, 3)]
    [InlineData(4, 5, 10, 4)]
    public void Every_cycle_of_an_independent_listing_is_there_once(ulong seed, int mints, int pools, int hopsMax)
    {
        var universe = Universe.Generate(seed, mints, pools);
        var index = CycleIndex.Build(universe, new CycleScope { HopsMax = hopsMax });
        var expected = ListCycles(universe, Mints.Wsol, hopsMax);
        var actual = Enumerable.Range(0, index.CycleCount).Select(cycle => TextOf(index, cycle)).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(actual.Count, actual.Distinct().Count());
        Assert.Equal(expected.Order(), actual.Order());
        Assert.Equal(0, index.LeftOut);
    }

    [Fact]
    public void The_order_of_the_pools_given_does_not_matter()
    {
        var universe = Universe.Generate(5, 8, 30);
        var index = CycleIndex.Build(universe, new CycleScope());
        var reversed = CycleIndex.Build(universe.Reverse(), new CycleScope());
        Assert.Equal(index.PaddedEdges, reversed.PaddedEdges);
        Assert.True(index.CycleCount > 0);
    }

    [Fact]
    public void A_cycle_over_two_base_mints_is_indexed_once_and_starts_at_the_preferred_one()
    {
        var universe = Universe.Generate(6, 6, 20);
        var scope = new CycleScope { BaseMints = [Universe.Mint(2), Mints.Wsol] };
        var index = CycleIndex.Build(universe, scope);
        var hashes = Enumerable.Range(0, index.CycleCount).Select(index.HashOf).ToList();
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        var alone = new[] { Universe.Mint(2), Mints.Wsol }.SelectMany(mint =>
        {
            var single = CycleIndex.Build(universe, new CycleScope { BaseMints = [mint] });
            return Enumerable.Range(0, single.CycleCount).Select(single.HashOf);
        }).ToList();
        Assert.Equal(alone.Distinct().Order(), hashes.Order());
        Assert.True(alone.Count > hashes.Count);
        for (var cycle = 0; cycle < index.CycleCount; cycle++)
        {
            var passes = index.EdgesOf(cycle).ToArray().Any(edge => index.MintIn(edge) == Universe.Mint(2));
            Assert.Equal(passes ? Universe.Mint(2) : Mints.Wsol, index.BaseMintOf(cycle));
        }
    }

    [Fact]
    public void Neighbour_lists_name_exactly_the_cycles_over_each_pool()
    {
        var index = CycleIndex.Build(Universe.Generate(7, 8, 30), new CycleScope());
        for (var pool = 0; pool < index.Pools.Length; pool++)
        {
            var expected = Enumerable.Range(0, index.CycleCount)
                .Where(cycle => index.EdgesOf(cycle).ToArray().Any(edge => edge >> 1 == pool)).ToArray();
            Assert.Equal(expected, index.CyclesOf(pool).ToArray());
            Assert.Equal(expected.Length, index.CycleCountOf(pool));
            Assert.True(index.TryFind(index.Pools[pool].Id, out var found));
            Assert.Equal(pool, found);
        }
        Assert.False(index.TryFind(default, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Shards_hold_every_cycle_once_and_only_the_pools_they_use(int shards)
    {
        var index = CycleIndex.Build(Universe.Generate(8, 8, 40), new CycleScope());
        var parts = Enumerable.Range(0, shards).Select(shard => index.Shard(shards, shard)).ToList();
        var whole = Enumerable.Range(0, index.CycleCount).Select(cycle => TextOf(index, cycle));
        var together = parts.SelectMany(part => Enumerable.Range(0, part.CycleCount).Select(i => TextOf(part, i)));
        Assert.Equal(whole.Order(), together.Order());
        for (var shard = 0; shard < shards; shard++)
        {
            var part = parts[shard];
            for (var pool = 0; pool < part.Pools.Length; pool++) Assert.True(part.CycleCountOf(pool) > 0);
            for (var cycle = 0; cycle < part.CycleCount; cycle++)
                Assert.Equal(shard, CycleIndex.ShardOf(part.HashOf(cycle), shards));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Shard(shards, shards));
    }

    [Fact]
    public void What_the_bound_leaves_out_is_counted()
    {
        var universe = Universe.Generate(9, 8, 40);
        var whole = CycleIndex.Build(universe, new CycleScope());
        var bounded = CycleIndex.Build(universe, new CycleScope { CyclesMax = 10 });
        Assert.Equal(10, bounded.CycleCount);
        Assert.Equal(whole.CycleCount - 10, bounded.LeftOut);
        Assert.Equal(whole.PaddedEdges[..(10 * CycleIndex.HopsMax)], bounded.PaddedEdges);
    }

    [Fact]
    public void Pools_without_two_mints_are_skipped_and_counted_and_one_given_twice_is_refused()
    {
        var universe = Universe.Generate(10, 4, 10);
        var odd = LadderPool.Product(new PoolId(Universe.Key(1, 1)), Mints.Wsol, Mints.Wsol, 100, 5, 5);
        var blank = LadderPool.Product(new PoolId(Universe.Key(1, 2)), default, Mints.Wsol, 100, 5, 5);
        var index = CycleIndex.Build([.. universe, odd, blank], new CycleScope());
        Assert.Equal(2, index.PoolsSkipped);
        Assert.Equal(universe.Length, index.Pools.Length);
        Assert.Throws<ArgumentException>(() => CycleIndex.Build([.. universe, universe[3]], new CycleScope()));
        Assert.Throws<ArgumentOutOfRangeException>(() => CycleIndex.Build(universe, new CycleScope { HopsMax = 5 }));
    }

    private static string TextOf(CycleIndex index, int cycle) =>
        string.Join(' ', index.EdgesOf(cycle).ToArray().Select(edge => index.HopOf(edge)));

    // Tries every sequence of pools and directions, and keeps those that close without a mint twice.
    private static List<string> ListCycles(Pool[] pools, Pubkey start, int hopsMax)
    {
        List<string> found = [];
        void Try(List<Hop> hops, List<Pubkey> mints)
        {
            foreach (var pool in pools)
            {
                if (hops.Any(hop => hop.Pool == pool.Id)) continue;
                foreach (var direction in new[] { SwapDirection.AToB, SwapDirection.BToA })
                {
                    if (pool.MintIn(direction) != mints[^1]) continue;
                    List<Hop> longer = [.. hops, new Hop(pool.Id, direction)];
                    var mint = pool.MintOut(direction);
                    if (mint == start && longer.Count > 1) found.Add(string.Join(' ', longer));
                    if (!mints.Contains(mint) && longer.Count < hopsMax) Try(longer, [.. mints, mint]);
                }
            }
        }
        Try([], [start]);
        return found;
    }
}
