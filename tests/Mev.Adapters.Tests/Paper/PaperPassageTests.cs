using Mev.Adapters.Paper;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper;

public sealed class PaperPassageTests
{
    [Fact]
    public async Task Feed_passes_byte_for_byte_when_nothing_lands()
    {
        var feed = Busy();
        var refused = Paper.Order(1, 102, TwoPools.Cycle, tip: 500, floor: 1_000);

        var (batches, outcomes) = await Paper.Over(feed).Run(refused);

        Assert.Equal(OutcomeCause.Outbid, Assert.Single(outcomes).Cause);
        Assert.Equal(feed.Batches.Select(batch => Frozen.Of(batch)), batches);
    }

    [Fact]
    public async Task Order_at_a_moved_pool_is_executed_again_and_other_pools_pass()
    {
        var feed = Busy();
        var market = Paper.Over(feed);
        var expected = Moved(feed);
        var before = expected.Reserve(0);
        expected.Execute(SwapDirection.BToA, new TokenAmount(3_000_000), default, 1);

        List<FeedBatch> batches = [];
        market.Submit(Paper.Order(1, 102, TwoPools.Cycle));
        await foreach (var batch in market.Read(TestContext.Current.CancellationToken))
            batches.Add(batch with { Events = batch.Events.ToArray().Select(Keep).ToArray() });

        Assert.NotEqual(before, expected.Reserve(0));
        var again = batches.Single(batch => Is(batch, TwoPools.First));
        Assert.Equal(expected.Reserve(0), Balance(again, 1));
        Assert.Equal(expected.Reserve(1), Balance(again, 2));
        var other = batches.Single(batch => Is(batch, TwoPools.Third));
        Assert.Equal(feed.Pool(TwoPools.Third).Reserve(0), Balance(other, 1));
        Assert.Equal((1, 0), (market.Counts.SwapsExecutedAgain, market.Counts.SwapsDropped));
        AssertOrdered(batches);
    }

    [Fact]
    public async Task Order_that_fails_on_the_moved_state_is_dropped_and_counted()
    {
        // One unit of WSOL buys one of X as recorded; after our landing X is dearer and it buys none.
        var feed = new Scene()
            .Add(TwoPools.First, Scene.Wsol, Scene.X, TwoPools.Deep, TwoPools.Deep + 1_000, feeBasisPoints: 0)
            .Add(TwoPools.Second, Scene.Wsol, Scene.X, TwoPools.Deep / 100 * 105, TwoPools.Deep)
            .Begin().At(101).At(102).Swap(TwoPools.First, SwapDirection.AToB, 1).At(103);
        var market = Paper.Over(feed);

        var (batches, outcomes) = await market.Run(Paper.Order(1, 102, TwoPools.Cycle));

        Assert.Equal(BundleOutcomeKind.Landed, Assert.Single(outcomes).Kind);
        Assert.Equal((0, 1), (market.Counts.SwapsExecutedAgain, market.Counts.SwapsDropped));
        Assert.DoesNotContain(batches, batch => batch.Contains("swap ", StringComparison.Ordinal));
        Assert.Equal(feed.Batches.Count + 1, batches.Count);
    }

    [Fact]
    public async Task Pool_whose_bytes_come_equal_again_passes_as_recorded()
    {
        // The recording holds, at its next order, exactly what the order gives on the moved state.
        var feed = TwoPools.Open().At(101).At(102);
        var moved = Moved(feed);
        moved.Execute(SwapDirection.BToA, new TokenAmount(777), default, 1);
        feed.Write(TwoPools.First, moved.Reserve(0), moved.Reserve(1));
        var events = feed.Batches[^1].Events.ToArray();
        var order = new SwapOrder(TwoPools.First, SwapDirection.BToA, new TokenAmount(777));
        var replay = new FixedFeed([.. feed.Batches.SkipLast(1), feed.Batches[^1] with
        {
            Events = (FeedEvent[])[FeedEvent.Swap(order, events[0].Write.Transaction), .. events],
        }]);
        var market = Paper.Over(replay);
        var ledger = new PaperLedger(TestPool.Create, TestPool.NoPoolOf);

        var (batches, _) = await market.Run(Paper.Order(1, 102, TwoPools.Cycle));
        foreach (var item in feed.Batches.SelectMany(batch => batch.Events.ToArray()))
            if (item.Kind == FeedEventKind.AccountWrite) ledger.Load(item.Write);

        Assert.Equal(1, market.Counts.SwapsExecutedAgain);
        Assert.NotEqual(Reserve(ledger.Find(TwoPools.Second)), Reserve(market.Find(TwoPools.Second))); // still moved
        Assert.Equal(Reserve(ledger.Find(TwoPools.First)), Reserve(market.Find(TwoPools.First)));
        Assert.Contains(Convert.ToHexString(BitConverter.GetBytes(moved.Reserve(0))), batches[^1]);
        Assert.Equal(moved.Reserve(0), Reserve(ledger.Find(TwoPools.First)));
    }

    private static ulong Reserve(Pool? pool) => ((TestPool)pool!).Reserve(0);

    private static Scene Busy() => TwoPools.Open().At(101).Swap(TwoPools.Fourth, SwapDirection.AToB, 5_000_000)
        .At(102).Swap(TwoPools.First, SwapDirection.BToA, 3_000_000).Swap(TwoPools.Third, SwapDirection.AToB, 4_000)
        .At(103);

    /// <summary>The first pool after the standard landing.</summary>
    private static TestPool Moved(Scene feed)
    {
        var fresh = TwoPools.Open().Pool(TwoPools.First);
        Assert.NotSame(fresh, feed.Pool(TwoPools.First));
        fresh.Execute(SwapDirection.AToB, new TokenAmount(1_000_000_000), default, 1);
        return fresh;
    }

    private static FeedEvent Keep(FeedEvent item) => item.Kind == FeedEventKind.AccountWrite
        ? FeedEvent.Of(item.Write with { Data = item.Write.Data.ToArray() })
        : item;

    private static bool Is(FeedBatch batch, PoolId pool) =>
        batch.Events.Length > 0 && batch.Events.Span[0] is { Kind: FeedEventKind.Swap } swap && swap.Order.Pool == pool;

    private static ulong Balance(FeedBatch batch, int place) =>
        BitConverter.ToUInt64(batch.Events.Span[place].Write.Data.Span);

    private static void AssertOrdered(List<FeedBatch> batches)
    {
        var last = (Slot: default(Slot), Version: 0UL, Position: 0UL);
        foreach (var batch in batches)
        {
            Assert.Equal(last.Position + 1, batch.Cursor.Position);
            foreach (var item in batch.Events.ToArray())
            {
                if (item.Kind != FeedEventKind.AccountWrite || item.Write.IsStartup) continue;
                Assert.True(item.Write.Slot >= last.Slot && item.Write.WriteVersion > last.Version);
                last = (item.Write.Slot, item.Write.WriteVersion, last.Position);
            }
            last.Position = batch.Cursor.Position;
        }
    }
}
