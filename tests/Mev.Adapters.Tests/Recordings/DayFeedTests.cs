using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Recordings;

public sealed class DayFeedTests : MarketFeedContract, IAsyncLifetime
{
    private MiniDay _day = null!;

    public async ValueTask InitializeAsync() => _day = await MiniDay.Record();

    public ValueTask DisposeAsync()
    {
        _day.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Orders_leave_the_bytes_that_they_left_where_the_day_was_recorded()
    {
        var batches = (await KeptBatch.All(NewFeed())).Skip(1).ToList();
        Assert.Equal(_day.Flow.Count, batches.Count);
        var compared = 0;
        foreach (var (recorded, batch) in _day.Flow.Zip(batches))
        {
            if (!_day.Pools.Contains(MiniDay.SwapOf(recorded).Order.Pool)) continue;
            Assert.Equal(MiniDay.SwapOf(recorded), MiniDay.SwapOf(batch));
            var expected = recorded.Events.Where(IsPoolWrite).Select(Text).Order();
            Assert.Equal(expected, batch.Events.Where(IsPoolWrite).Select(Text).Order());
            compared++;
        }
        Assert.True(compared > 20);

        static bool IsPoolWrite(FeedEvent e) =>
            e.Kind == FeedEventKind.AccountWrite && e.Write.Owner == Programs.Whirlpool;
        static string Text(FeedEvent e) => $"{e.Write.Key} {e.Write.Slot} {Convert.ToHexString(e.Write.Data.Span)}";
    }

    [Fact]
    public async Task An_order_that_fails_is_dropped_and_counted_and_its_transaction_is_a_batch_all_the_same()
    {
        var feed = Feed();
        var batches = (await KeptBatch.All(feed)).Skip(1).ToList();
        var unknown = _day.Flow.Count(batch => !_day.Pools.Contains(MiniDay.SwapOf(batch).Order.Pool));
        Assert.True(unknown > 20);
        Assert.Equal(unknown, feed.OrdersDropped);
        Assert.Equal(unknown, batches.Count(batch => batch.Events.All(IsOfSlot)));

        var first = KnownOrder();
        File.WriteAllText(_day.Blocks, MiniDay.Block(new Slot(9), 8, MiniDay.Transaction(first, amount: 0)));
        feed = Feed();
        Assert.Equal(2, (await KeptBatch.All(feed)).Count);
        Assert.Equal(1, feed.OrdersDropped);

        static bool IsOfSlot(FeedEvent e) => e.Kind is FeedEventKind.BlockTime or FeedEventKind.SlotStatus;
    }

    [Fact]
    public async Task An_order_for_an_exact_output_becomes_one_of_the_input_that_it_costs()
    {
        var order = KnownOrder();
        var pool = await PoolAtStart(order.Order.Pool);
        var clock = new ChainClock(new Slot(9), 8);
        var wanted = pool.QuoteExactIn(order.Order.Direction, order.Order.AmountIn, clock).AmountOut;
        var cost = pool.QuoteExactOut(order.Order.Direction, wanted, clock);
        var line = MiniDay.Transaction(order, isExactIn: false, wanted.Units);
        File.WriteAllText(_day.Blocks, MiniDay.Block(new Slot(9), 8, line));

        var told = MiniDay.SwapOf((await KeptBatch.All(NewFeed()))[1]).Order;

        Assert.True(cost.IsOk);
        Assert.Equal(order.Order with { AmountIn = cost.AmountIn }, told);
        Assert.True(pool.QuoteExactIn(told.Direction, told.AmountIn, clock).AmountOut.Units >= wanted.Units);
    }

    [Fact]
    public async Task With_a_speed_each_batch_waits_for_its_time()
    {
        var time = new SteppingTime();
        var feed = new DayFeed(new RecordingSource { Path = _day.Folder, Speed = 2 }, time);
        var arrivals = new List<long>();
        await foreach (var batch in feed.Read()) arrivals.Add(batch.ArrivedNs);
        Assert.Equal(arrivals.Order(), arrivals);
        Assert.Equal((arrivals[^1] - arrivals[0]) / 1e9, time.Waited.TotalSeconds, 0.001);
        Assert.True(time.Waited > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_block_time_that_jumps_ends_a_paced_feed_with_its_slot()
    {
        var order = MiniDay.Transaction(KnownOrder());
        File.WriteAllLines(
            _day.Blocks, [MiniDay.Block(new Slot(9), 8, order), MiniDay.Block(new Slot(10), 1_700_000_000, order)]);
        var feed = new DayFeed(new RecordingSource { Path = _day.Folder, Speed = 1 }, new SteppingTime());

        var e = await Assert.ThrowsAsync<FeedException>(() => KeptBatch.All(feed));

        Assert.Contains($"{_day.Blocks} slot 10: its time is", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_or_broken_is_named()
    {
        var blocks = File.ReadAllLines(_day.Blocks);
        await Refused("order is broken", () => File.WriteAllLines(_day.Blocks, blocks.Reverse()));
        var several = blocks.ToList().FindIndex(block => block.Split("\"index\"").Length > 2);
        var repeated = blocks.ToArray();
        repeated[several] = repeated[several].Replace("\"index\":3", "\"index\":0", StringComparison.Ordinal);
        await Refused("transaction 0 comes again or too late", () => File.WriteAllLines(_day.Blocks, repeated));
        await Refused("holds no swap", () => File.WriteAllText(_day.Blocks, MiniDay.Block(new Slot(9), 8)));
        await Refused("blockTime", () => File.WriteAllText(_day.Blocks, MiniDay.Block(new Slot(9), 1L << 40)));
        await Refused("accounts", () => File.WriteAllText(_day.State, """{"accounts":3}"""));
        await Refused("holds no pool", () => File.WriteAllText(
            _day.State, $$"""{"accounts":[{"pubkey":"{{MiniRecording.Pool(0)}}","data":"AAAA"}]}"""));
        await Refused("mini-state-1.json", () => File.Delete(_day.State));
        await Refused("holds 0 recorded days", () => File.Delete(_day.Blocks));

        async Task Refused(string message, Action harm)
        {
            if (File.Exists(_day.Blocks)) File.WriteAllLines(_day.Blocks, blocks);
            harm();
            var e = await Assert.ThrowsAsync<FeedException>(() => KeptBatch.All(NewFeed()));
            Assert.Contains(message, e.Message, StringComparison.Ordinal);
        }
    }

    protected override IMarketFeed NewFeed() => Feed();

    private DayFeed Feed() => new(new RecordingSource { Path = _day.Folder }, TimeProvider.System);

    private FeedEvent KnownOrder() =>
        _day.Flow.Select(MiniDay.SwapOf).First(swap => _day.Pools.Contains(swap.Order.Pool));

    private async Task<Pool> PoolAtStart(PoolId pool)
    {
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        foreach (var e in (await KeptBatch.All(NewFeed()))[0].Events) assembler.Take(e, 0);
        assembler.CloseTransaction();
        Assert.True(assembler.TryGet(pool, out var known));
        return known.Copy();
    }
}
