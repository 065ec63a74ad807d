using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;

namespace Mev.Adapters.Tests.Paper.Generation;

public sealed class GeneratedFeedTests
{
    private static readonly ChainClock Clock = new(new Slot(300_000_001), 1_760_000_000);

    [Fact]
    public void Identity_tells_every_option_but_how_long_the_market_goes_on()
    {
        var same = Generated.Feed(new GeneratedFeedOptions()).Identity;
        foreach (var property in typeof(GeneratedFeedOptions).GetProperties().Where(each => each.CanWrite))
        {
            var options = new GeneratedFeedOptions();
            property.SetValue(options, Convert.ChangeType(
                Convert.ToDouble(property.GetValue(options) ?? 1.0, CultureInfo.InvariantCulture) + 1,
                Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
                CultureInfo.InvariantCulture));
            var isTold = Generated.Feed(options).Identity != same;
            Assert.True(isTold == (property.Name != nameof(options.Transactions)), property.Name);
        }
    }

    [Fact]
    public async Task Every_generated_pool_decodes_and_quotes_both_ways()
    {
        Dictionary<PoolId, Pool> pools = [];
        await Generated.Replay(Generated.Feed(new GeneratedFeedOptions { Transactions = 0 }), pools);

        Assert.Equal(200, pools.Count);
        Assert.Equal(60, pools.Values.Count(pool => pool.Protocol == Protocol.Whirlpool));
        Assert.Equal(70, pools.Values.Count(pool => pool.Protocol == Protocol.RaydiumAmmV4));
        Assert.Equal(70, pools.Values.Count(pool => pool.Protocol == Protocol.RaydiumCpmm));
        foreach (var pool in pools.Values)
        {
            Assert.Equal(PoolDefect.None, pool.Defect);
            foreach (var direction in new[] { SwapDirection.AToB, SwapDirection.BToA })
            {
                var quote = pool.QuoteExactIn(direction, new TokenAmount(100_000), Clock);
                Assert.True(quote.IsOk, $"{pool.Protocol} {direction}: {quote.Error}");
                Assert.True(quote.AmountOut.Units <= 100_000 * pool.MarginalRate(direction));
            }
        }
    }

    [Fact]
    public async Task Liquidity_of_every_whirlpool_sums_up()
    {
        Dictionary<PoolId, Pool> pools = [];
        await Generated.Replay(Generated.Feed(new GeneratedFeedOptions { Transactions = 0 }), pools);

        foreach (var pool in pools.Values.OfType<WhirlpoolPool>())
        {
            var (sum, inRange) = ((Int128)0, (Int128)0);
            foreach (var tick in pool.Ticks)
            {
                sum += tick.LiquidityNet;
                if (tick.Index <= pool.Tick) inRange += tick.LiquidityNet;
            }
            Assert.Equal(0, sum);
            Assert.Equal(pool.Liquidity, (UInt128)inRange);
            Assert.True(pool.Liquidity > 0);
            Assert.True(pool.Ticks.Length >= 8);
            Assert.Equal(6, pool.Accounts.Length); // the pool account, two mints, three tick arrays
        }
    }

    [Fact]
    public async Task Prices_agree_across_pools_up_to_small_gaps()
    {
        Dictionary<PoolId, Pool> pools = [];
        await Generated.Replay(Generated.Feed(new GeneratedFeedOptions { Transactions = 0 }), pools);
        var hubs = pools.Values.Where(pool => pool.MintA == Mints.Wsol || pool.MintB == Mints.Wsol).ToList();
        Assert.InRange(hubs.Count, 100, 140); // 60 % of 200, by chance

        var pairs = hubs.GroupBy(pool => (pool.MintA, pool.MintB)).Where(group => group.Count() > 1).ToList();

        Assert.True(pairs.Count > 20);
        foreach (var pair in pairs)
        {
            var prices = pair.Select(Generated.Price).ToList();
            Assert.InRange(prices.Max() / prices.Min(), 1.0, 1.01);
        }
    }

    [Fact]
    public async Task Same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var first = await Hash(new GeneratedFeedOptions { Seed = 7, Transactions = 2_000 });
        var again = await Hash(new GeneratedFeedOptions { Seed = 7, Transactions = 2_000 });
        var other = await Hash(new GeneratedFeedOptions { Seed = 8, Transactions = 2_000 });

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(2_004, first.Count);
    }

    [Fact]
    public async Task Prices_stay_sane_over_a_hundred_thousand_swaps_and_every_quote_holds()
    {
        Dictionary<PoolId, Pool> pools = [];
        Dictionary<PoolId, double> firstPrices = [];
        var swaps = 0;
        var vaults = 0;
        var crossed = 0;
        var feed = Generated.Feed(new GeneratedFeedOptions { Seed = 3, Transactions = 100_000 });

        await Generated.Replay(feed, pools, (batch, ledger) =>
        {
            var events = batch.Events.Span;
            if (events[0].Write.IsStartup) return;
            if (firstPrices.Count == 0)
                foreach (var (id, pool) in pools) firstPrices.Add(id, Generated.Price(pool));
            var swap = events.ToArray().Single(item => item.Kind == FeedEventKind.Swap);
            var known = ledger.Find(swap.Order.Pool)!;
            var clock = new ChainClock(batch.Cursor.Slot, 1_760_000_000);
            var quote = known.QuoteExactIn(swap.Order.Direction, swap.Order.AmountIn, clock);
            Assert.True(quote.IsOk);
            swaps++;
            crossed += quote.TicksCrossed;
            if (known.Protocol == Protocol.Whirlpool) return;
            // What went in and came out is what the vaults gained and lost, to the unit.
            var writes = Generated.Writes(batch).Where(write => write.Data.Length == 165).ToList();
            var isAToB = swap.Order.Direction == SwapDirection.AToB;
            foreach (var write in writes)
            {
                var held = known.Accounts.ToArray().Single(account => account.Key == write.Key);
                var change = (Int128)Generated.Amount(write.Data.Span) - Generated.Amount(held.Data);
                var isIn = new Pubkey(write.Data.Span) == (isAToB ? known.MintA : known.MintB);
                Assert.Equal(isIn ? (Int128)quote.AmountIn.Units : -(Int128)quote.AmountOut.Units, change);
                vaults++;
            }
        });

        Assert.Equal(100_000, swaps);
        Assert.InRange(vaults, 120_000, 160_000);
        Assert.InRange(crossed, 100, 100_000);
        foreach (var (id, price) in firstPrices) Assert.InRange(Generated.Price(pools[id]) / price, 0.97, 1.03);
    }

    [Fact]
    public async Task Slots_follow_each_other_with_their_statuses_and_times()
    {
        var feed = Generated.Feed(new GeneratedFeedOptions { Pools = 2, Mints = 2, Transactions = 400 });
        List<FeedEvent> statuses = [];
        List<FeedEvent> times = [];
        var position = 0UL;
        var version = 0UL;
        await foreach (var batch in feed.Read(TestContext.Current.CancellationToken))
        {
            Assert.Equal(++position, batch.Cursor.Position);
            statuses.AddRange(batch.Events.ToArray().Where(item => item.Kind == FeedEventKind.SlotStatus));
            times.AddRange(batch.Events.ToArray().Where(item => item.Kind == FeedEventKind.BlockTime));
            foreach (var write in Generated.Writes(batch))
            {
                if (write.IsStartup) continue;
                Assert.Equal(++version, write.WriteVersion);
                Assert.Equal(batch.Cursor.Slot, write.Slot);
                Assert.False(write.Transaction.IsNone);
            }
            Assert.Equal(version, batch.Cursor.WriteVersion);
        }

        Assert.Equal(feed.BatchesTotal, position);
        var processed = statuses.Where(item => item.Status == SlotStatus.Processed).Select(item => item.Slot.Value);
        Assert.Equal(Enumerable.Range(1, 100).Select(slot => 300_000_000 + (ulong)slot), processed);
        Assert.Equal(99, statuses.Count(item => item.Status == SlotStatus.Confirmed));
        Assert.Equal(69, statuses.Count(item => item.Status == SlotStatus.Finalized));
        Assert.Equal(100, times.Count);
        Assert.Equal(1_760_000_040, times[^1].UnixTime);
    }

    [Fact]
    public async Task Market_without_an_end_goes_on_until_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var feed = Generated.Feed(new GeneratedFeedOptions { Pools = 10, Mints = 5 });
        Assert.Null(feed.BatchesTotal);
        var count = 0;

        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in feed.Read(source.Token))
                if (++count == 5_000) await source.CancelAsync();
        });

        Assert.Equal(5_000, count);
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        var checker = new GeneratedFeedOptionsValidator();

        Assert.True(checker.Validate(null, new GeneratedFeedOptions()).Succeeded);
        var failed = checker.Validate(null, new GeneratedFeedOptions { Pools = 1, ReversionBand = 0 });

        Assert.Contains(nameof(GeneratedFeedOptions.Pools), failed.FailureMessage);
        Assert.Contains(nameof(GeneratedFeedOptions.ReversionBand), failed.FailureMessage);
    }

    private static async Task<List<string>> Hash(GeneratedFeedOptions options)
    {
        List<string> hashes = [];
        await foreach (var batch in Generated.Feed(options).Read(TestContext.Current.CancellationToken))
        {
            var text = Frozen.Of(batch with { ArrivedNs = 0 });
            hashes.Add(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        }
        return hashes;
    }
}
