using Mev.Adapters.Paper;
using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Tests.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Paper;

/// <summary>
/// The paper market over the recorded replay, on which some gaps stand for hours: whoever orders them at every swap and
/// is paid every time books what nobody could have earned.
/// </summary>
public sealed class RecordedMarketTests
{
    [Fact]
    public async Task Recording_passes_byte_for_byte_without_orders()
    {
        var market = Market(Recording());
        List<string> passed = [];
        await foreach (var batch in market.Read(TestContext.Current.CancellationToken))
            passed.Add(Frozen.Of(batch with { ArrivedNs = 0 }));
        var count = 0;
        await foreach (var batch in Recording().Read(TestContext.Current.CancellationToken))
            Assert.Equal(Frozen.Of(batch with { ArrivedNs = 0 }), passed[count++]);

        Assert.Equal(passed.Count, count);
    }

    [Fact]
    public async Task Standing_gaps_are_booked_once_and_not_at_every_swap()
    {
        var withOrders = await Search(isBytesAlone: false);
        var bytesAlone = await Search(isBytesAlone: true);
        foreach (var (name, search, counts) in new[] { ("orders", withOrders.Search, withOrders.Counts),
            ("bytes alone", bytesAlone.Search, bytesAlone.Counts) })
        {
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{name}: {counts}; naive {search.NaiveCount} orders, {search.NaiveProfit:N0} lamports; "
                + $"landed {search.LandedProfit:N0}");
            Assert.True(counts.Landed > 0);
            Assert.Equal(0, counts.RefusedBug);
            Assert.Equal(0, search.StaleFinds); // what is decided upon is what has left
        }

        Assert.True(withOrders.Counts.SwapsExecutedAgain > 100);
        Assert.True(bytesAlone.Counts.RefusedSpent > 10 * bytesAlone.Counts.Landed);
        Assert.True(10 * bytesAlone.Search.LandedProfit < bytesAlone.Search.NaiveProfit);
    }

    private static RecordingFeed Recording() => new RecordingFeed(
        new RecordingSource
        {
            Path = TestData.Need("traffic", "whirlpool-replay.jsonl.gz"),
            InitialAccounts = TestData.Need("traffic", "whirlpool-replay.initial-accounts.jsonl"),
        },
        TimeProvider.System);

    private static PaperMarket Market(IMarketFeed feed) => new(feed, PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);

    private static async Task<(CycleSearch Search, PaperCounts Counts)> Search(bool isBytesAlone)
    {
        List<FeedBatch> batches = [];
        await foreach (var batch in Recording().Read(TestContext.Current.CancellationToken))
        {
            var events = batch.Events.ToArray().Where(item => !isBytesAlone || item.Kind != FeedEventKind.Swap)
                .Select(item => item.Kind == FeedEventKind.AccountWrite
                    ? FeedEvent.Of(item.Write with { Data = item.Write.Data.ToArray() })
                    : item);
            batches.Add(batch with { Events = events.ToArray() });
        }
        var market = Market(new FixedFeed(batches));
        Dictionary<PoolId, Pool> seen = [];
        var search = new CycleSearch(market, seen);
        await Generated.Replay(market, seen, (batch, _) => search.Look(batch));
        search.TakeOutcomes();
        return (search, market.Counts);
    }

    /// <summary>
    /// Orders, after every batch, the best amount of every WSOL cycle of two or three pools that pays.
    /// </summary>
    private sealed class CycleSearch(PaperMarket market, Dictionary<PoolId, Pool> pools)
    {
        private readonly List<Hop[]> _cycles = [];
        private ulong _number;

        public int NaiveCount { get; private set; }

        public long NaiveProfit { get; private set; }

        public long LandedProfit { get; private set; }

        public int StaleFinds { get; private set; }

        public void Look(FeedBatch batch)
        {
            TakeOutcomes();
            if (pools.Count == 0) return;
            if (_cycles.Count == 0) Extend([], Mints.Wsol);
            foreach (var (id, pool) in pools)
                if (market.Find(id) is { } held && held.Slot < pool.Slot) StaleFinds++;
            foreach (var cycle in _cycles) Try(cycle, batch.Cursor.Slot);
        }

        public void TakeOutcomes()
        {
            while (market.Outcomes.TryRead(out var outcome)) LandedProfit += outcome.Realised.Value;
        }

        private void Extend(Hop[] hops, Pubkey mint)
        {
            if (hops.Length > 1 && mint == Mints.Wsol) _cycles.Add(hops);
            if (hops.Length == 3 || (hops.Length > 0 && mint == Mints.Wsol)) return;
            foreach (var pool in pools.Values.OrderBy(pool => pool.Id))
            {
                if (hops.Any(hop => hop.Pool == pool.Id)) continue;
                foreach (var direction in new[] { SwapDirection.AToB, SwapDirection.BToA })
                {
                    if (pool.MintIn(direction) == mint)
                        Extend([.. hops, new Hop(pool.Id, direction)], pool.MintOut(direction));
                }
            }
        }

        private void Try(Hop[] cycle, Slot slot)
        {
            var rate = cycle.Aggregate(1.0, (product, hop) => product * pools[hop.Pool].MarginalRate(hop.Direction));
            if (rate <= 1) return;
            var (best, input) = (15_000L, 0UL);
            for (var amountIn = 1_000_000UL; amountIn < 100_000_000_000; amountIn = amountIn / 2 * 3)
            {
                var amount = new TokenAmount(amountIn);
                foreach (var hop in cycle)
                    amount = pools[hop.Pool].QuoteExactIn(hop.Direction, amount, default).AmountOut;
                if ((long)amount.Units - (long)amountIn <= best) continue;
                (best, input) = ((long)amount.Units - (long)amountIn, amountIn);
            }
            if (input == 0) return;
            NaiveCount++;
            NaiveProfit += best - 5_000;
            market.Submit(Paper.Order(0, slot.Value + 2, cycle, input, (best - 5_000) / 2, floor: 1_000) with
            {
                Opportunity = new OpportunityId(Digest.Of(BitConverter.GetBytes(_number++))),
            });
        }
    }
}
