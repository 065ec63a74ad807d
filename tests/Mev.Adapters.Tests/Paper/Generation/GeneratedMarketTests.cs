using Mev.Adapters.Paper;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper.Generation;

/// <summary>The paper market over the three real protocols, with a searcher that tries every pair of pools.</summary>
public sealed class GeneratedMarketTests
{
    private static readonly GeneratedFeedOptions Options = new()
    {
        Seed = 11,
        Pools = 40,
        Mints = 8,
        Transactions = 2_400,
        SwapMedian = 0.001,
        ReversionBand = 0.02,
    };

    [Fact]
    public async Task Feed_passes_byte_for_byte_without_orders()
    {
        var options = new GeneratedFeedOptions { Seed = 11, Pools = 40, Mints = 8, Transactions = 500 };
        var (passed, _) = await Market(options).Run();
        List<string> direct = [];
        await foreach (var batch in Generated.Feed(options).Read(TestContext.Current.CancellationToken))
            direct.Add(Frozen.Of(batch));

        Assert.Equal(direct.Select(WithoutArrival), passed.Select(WithoutArrival));
    }

    [Fact]
    public async Task Landings_move_the_market_and_what_leaves_is_what_the_chain_holds()
    {
        var market = Market(Options);
        Dictionary<PoolId, Pool> seen = [];
        var search = new PairSearch(market, seen);

        await Generated.Replay(market, seen, (batch, _) => search.Look(batch));

        var counts = market.Counts;
        Assert.True(counts.Landed > 20, counts.ToString());
        Assert.True(counts.SwapsExecutedAgain > 500, counts.ToString());
        Assert.Equal(0, counts.RefusedBug + counts.RefusedSpent);
        var end = new Slot(Options.FirstSlot + Options.Transactions!.Value / (ulong)Options.TransactionsPerSlot);
        Assert.Equal(search.Orders.Values.Count(order => order.LandsIn > end), counts.Unknown);
        Assert.Equal(search.Submitted, counts.Orders);
        foreach (var (id, pool) in seen)
        {
            var held = market.Find(id)!;
            foreach (var account in held.Accounts)
            {
                var copy = pool.Accounts.ToArray().Single(other => other.Key == account.Key);
                Assert.True(account.Data.SequenceEqual(copy.Data), $"{pool.Protocol} {account.Key}");
            }
        }
    }

    [Fact]
    public async Task Landings_take_gaps_away()
    {
        var alone = await Gain(takes: false);
        var taken = await Gain(takes: true);

        Assert.True(taken < alone, $"{taken} of {alone} pairs still pay");

        static async Task<int> Gain(bool takes)
        {
            var market = Market(Options);
            Dictionary<PoolId, Pool> seen = [];
            var search = new PairSearch(market, seen) { Submits = takes };
            await Generated.Replay(market, seen, (batch, _) => search.Look(batch));
            return search.Found;
        }
    }

    [Fact]
    public async Task Restart_in_the_middle_gives_the_identical_rest()
    {
        var market = Market(Options);
        Dictionary<PoolId, Pool> seen = [];
        var search = new PairSearch(market, seen);
        List<string> whole = [];
        await Generated.Replay(market, seen, (batch, _) =>
        {
            whole.Add(WithoutArrival(Frozen.Of(batch)));
            search.Look(batch);
        });
        List<BundleOutcome> outcomes = [];
        while (market.Outcomes.TryRead(out var outcome)) outcomes.Add(outcome);

        foreach (var journalled in new[] { 0, outcomes.Count / 2, outcomes.Count })
        {
            var settled = outcomes.Take(journalled).ToList();
            var restarted = Market(Options);
            restarted.Restore(settled.Select(item => new PaperSettlement(search.Orders[item.Opportunity], item)));
            var open = search.Orders.Values.Where(order => settled.All(item => item.Opportunity != order.Opportunity));

            var (batches, rest) = await restarted.Run([.. open]);

            Assert.Equal(whole, batches.Select(WithoutArrival));
            Assert.Equal(outcomes.Skip(journalled), rest);
        }
    }

    private static PaperMarket Market(GeneratedFeedOptions options) =>
        new(Generated.Feed(options), PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);

    /// <summary>The host's clock is no part of the market.</summary>
    private static string WithoutArrival(string batch)
    {
        var end = batch.IndexOf('\n', StringComparison.Ordinal);
        return batch[..batch.LastIndexOf(' ', end)] + batch[end..];
    }

    /// <summary>Tries every pair of pools with WSOL on the pool that a batch wrote, and orders what pays.</summary>
    private sealed class PairSearch(PaperMarket market, Dictionary<PoolId, Pool> pools)
    {
        private const int AmountSteps = 14;
        private ulong _number;

        public bool Submits { get; init; } = true;

        public int Submitted { get; private set; }

        public int Found { get; private set; }

        public Dictionary<OpportunityId, PaperOrder> Orders { get; } = [];

        public void Look(FeedBatch batch)
        {
            foreach (var item in batch.Events.ToArray())
            {
                if (item.Kind != FeedEventKind.Swap || !pools.TryGetValue(item.Order.Pool, out var pool)) continue;
                if (pool.MintA != Mints.Wsol && pool.MintB != Mints.Wsol) continue;
                foreach (var other in pools.Values)
                {
                    if (other.Id == pool.Id || (other.MintA, other.MintB) != (pool.MintA, pool.MintB)) continue;
                    Try(pool, other, batch.Cursor.Slot);
                    Try(other, pool, batch.Cursor.Slot);
                }
            }
        }

        private void Try(Pool first, Pool second, Slot slot)
        {
            var into = first.MintA == Mints.Wsol ? SwapDirection.AToB : SwapDirection.BToA;
            var back = into == SwapDirection.AToB ? SwapDirection.BToA : SwapDirection.AToB;
            Hop[] hops = [new(first.Id, into), new(second.Id, back)];
            var (best, amount) = (5_000L, 0UL);
            for (var step = 0; step < AmountSteps; step++)
            {
                var amountIn = 10_000_000UL << step;
                var bought = first.QuoteExactIn(into, new TokenAmount(amountIn), default);
                var sold = second.QuoteExactIn(back, bought.AmountOut, default);
                if (!bought.IsOk || !sold.IsOk || (long)(sold.AmountOut.Units - amountIn) <= best) continue;
                (best, amount) = ((long)(sold.AmountOut.Units - amountIn), amountIn);
            }
            if (amount == 0) return;
            Found++;
            if (!Submits) return;
            var order = Paper.Order(0, slot.Value + 2, hops, amount, best / 2, 1_000) with
            {
                Opportunity = new OpportunityId(Digest.Of(BitConverter.GetBytes(_number++))),
            };
            Orders.Add(order.Opportunity, order);
            market.Submit(order);
            Submitted++;
        }
    }
}
