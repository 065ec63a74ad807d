using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Domain.Tests.Cycles;

namespace Mev.Domain.Tests.Opportunities;

public sealed class MarketShardTests
{
    private static readonly ChainClock Clock = new(new Slot(1_000), 1_700_000_000);
    private static readonly Lamports Fee = new(5_000);

    private readonly CycleIndex _index;
    private readonly Pool[] _pools;
    private readonly MarketShard _shard;

    public MarketShardTests()
    {
        var universe = Universe.Generate(seed: 3, mints: 6, pools: 40, spread: 1.2);
        _index = CycleIndex.Build(universe, new CycleScope());
        _pools = Universe.ByNumber(_index, universe);
        _shard = new MarketShard(0, _index, _pools, new SizingLimits(), Fee);
    }

    [Fact]
    public void Every_opportunity_pays_what_its_exact_quotes_say()
    {
        RefreshAll();
        var found = Evaluate(out var counts);
        Assert.NotEmpty(found);
        Assert.Equal(found.Count, counts.Opportunities + counts.Listed);
        Assert.All(found, opportunity =>
        {
            var amount = opportunity.AmountIn;
            foreach (var hop in opportunity.Hops)
            {
                Assert.Equal(amount, hop.AmountIn);
                var quote = PoolOf(hop.Hop.Pool).QuoteExactIn(hop.Hop.Direction, amount, Clock);
                Assert.Equal(hop.AmountOut, quote.AmountOut);
                Assert.Equal(PoolOf(hop.Hop.Pool).MintIn(hop.Hop.Direction), hop.MintIn);
                amount = quote.AmountOut;
            }
            Assert.Equal((long)amount.Units - (long)opportunity.AmountIn.Units, opportunity.GrossProfit.Value);
            Assert.True(opportunity.GrossProfit > Fee);
            Assert.True(opportunity.GrossProfit.Value <= opportunity.ProfitBound.Value + 1);
        });
    }

    [Theory]
    [InlineData(PoolCondition.Torn)]
    [InlineData(PoolCondition.Stale)]
    [InlineData(PoolCondition.Gapped)]
    [InlineData(PoolCondition.Incomplete)]
    public void No_opportunity_uses_a_pool_of_which_the_feed_is_not_sure(PoolCondition condition)
    {
        RefreshAll();
        var used = UsedPool(Evaluate(out _));
        RefreshAll(used, condition);
        var found = Evaluate(out _);
        Assert.NotEmpty(found);
        Assert.DoesNotContain(found, opportunity => opportunity.Hops.Any(hop => hop.Hop.Pool == used));
        RefreshAll();
        Assert.Contains(Evaluate(out _), opportunity => opportunity.Hops.Any(hop => hop.Hop.Pool == used));
    }

    [Fact]
    public void A_quarantined_pool_is_not_used_until_it_is_enabled()
    {
        RefreshAll();
        var used = UsedPool(Evaluate(out _));
        _shard.Quarantine([used]);
        RefreshAll();
        Assert.DoesNotContain(Evaluate(out _), opportunity => opportunity.Hops.Any(hop => hop.Hop.Pool == used));
        _shard.Quarantine([]);
        RefreshAll();
        Assert.Contains(Evaluate(out _), opportunity => opportunity.Hops.Any(hop => hop.Hop.Pool == used));
    }

    [Fact]
    public void A_cycle_that_needs_more_than_is_at_hand_is_sized_within_it_and_says_so()
    {
        RefreshAll();
        var whole = Evaluate(out _).Where(one => one.BaseMint == Mints.Wsol).MaxBy(one => one.GrossProfit)!;
        Assert.Equal(default, whole.AtHand);
        var half = new TokenAmount(whole.AmountIn.Units / 2);
        RefreshAll();
        var within = Evaluate(out _, half);
        Assert.All(within.Where(one => one.BaseMint == Mints.Wsol), one =>
        {
            Assert.InRange(one.AmountIn.Units, 1UL, half.Units);
            Assert.Equal(half, one.AtHand);
        });
        var same = within.Single(one => one.Cycle == whole.Cycle);
        Assert.Equal(whole.Id, same.Id);
        Assert.True(same.GrossProfit < whole.GrossProfit && same.GrossProfit > Fee);
        RefreshAll();
        Assert.Equal(whole.AmountIn, Evaluate(out _).Single(one => one.Cycle == whole.Cycle).AmountIn);
    }

    [Fact]
    public void Without_a_change_nothing_is_evaluated()
    {
        RefreshAll();
        Evaluate(out var first);
        Assert.Equal(_index.CycleCount, first.Evaluated);
        Assert.Empty(Evaluate(out var second));
        Assert.Equal(default, second);
    }

    [Fact]
    public void The_oldest_arrival_among_the_changed_pools_of_a_cycle_is_kept()
    {
        RefreshAll();
        Evaluate(out _);
        for (var pool = 0; pool < _pools.Length; pool++)
        {
            _shard.Refresh(pool, PoolCondition.None, arrivedNs: 1_000 + pool);
            _shard.Refresh(pool, PoolCondition.None, arrivedNs: 9_000);
        }
        Assert.All(Evaluate(out _), opportunity =>
            Assert.Equal(1_000 + opportunity.Hops.Min(hop => NumberOf(hop.Hop.Pool)), opportunity.ReceivedNs));
    }

    [Fact]
    public void The_best_candidates_are_named_in_falling_order()
    {
        RefreshAll();
        var found = Evaluate(out var counts);
        var best = _shard.Best.ToArray();
        Assert.Equal(Math.Min(16, counts.Sized), best.Length);
        Assert.Equal(best.OrderByDescending(candidate => candidate.Profit), best);
        Assert.Equal(found.Max(opportunity => opportunity.GrossProfit), best[0].Profit);
    }

    private void RefreshAll(PoolId doubtful = default, PoolCondition condition = PoolCondition.None)
    {
        for (var pool = 0; pool < _pools.Length; pool++)
            _shard.Refresh(pool, _pools[pool].Id == doubtful ? condition : PoolCondition.None, 1);
    }

    private List<Opportunity> Evaluate(out DrainCounts counts, TokenAmount atHand = default)
    {
        var found = new List<Opportunity>();
        counts = _shard.Evaluate(Clock, 2, found, new QuotedAccounts(new QuotedAccountChunks()), atHand);
        return found;
    }

    private static PoolId UsedPool(List<Opportunity> found) => found[0].Hops[0].Hop.Pool;

    private int NumberOf(PoolId id) => _index.TryFind(id, out var pool) ? pool : -1;

    private Pool PoolOf(PoolId id) => _pools[NumberOf(id)];
}
