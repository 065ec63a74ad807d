using Mev.Adapters.Tests.Simulator;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Fixtures.Pools;
using Mev.Simulator.Chain;

namespace Mev.Adapters.Tests.Yellowstone;

/// <summary>The real client and the real server: whatever happens on the way, it ends in the chain's state.</summary>
public sealed class YellowstoneFeedTests
{
    [Fact]
    public async Task It_ends_in_the_state_of_the_chain_with_several_readers_and_over_many_slots()
    {
        await using var simulator = await SimulatorRun.Start();
        await using var first = simulator.Read();
        await using var second = simulator.Read();
        await simulator.Complete(first);
        await simulator.Complete(second);
        simulator.Ticks.NextSlots(50);
        foreach (var feed in new[] { first, second })
        {
            await simulator.CaughtUp(feed);
            SameState.Check(simulator, feed);
            Assert.Equal([FeedEventKind.SnapshotComplete], feed.Told);
            Assert.Equal(0, feed.Counts.RefusedTotal + feed.Counts.Breaks);
            Assert.Equal(0, feed.Look(assembler => assembler.Counts.OrphansEvicted + assembler.Counts.Duplicates));
        }
        Assert.True(first.Batches < first.Counts.Messages, "what has come together is one batch");
    }

    [Fact]
    public async Task After_a_cut_the_server_sends_again_what_was_missed_and_there_is_no_gap()
    {
        await using var simulator = await SimulatorRun.Start();
        await using var feed = simulator.Read();
        await simulator.Complete(feed);
        simulator.Ticks.NextSlots(35);
        await simulator.CaughtUp(feed);
        for (var cut = 1; cut <= 2; cut++)
        {
            await CutFor(simulator, feed, slots: 10);
            await simulator.CaughtUp(feed);
            SameState.Check(simulator, feed);
            Assert.Equal((cut, 0), (feed.Counts.Replays, feed.Counts.Gaps));
        }
        Assert.True(feed.Look(assembler => assembler.Counts.Duplicates) > 0);
    }

    [Fact]
    public async Task While_old_slots_are_sent_again_nothing_can_be_quoted()
    {
        await using var simulator = await SimulatorRun.Start();
        await using var feed = simulator.Read(simulator.Options(batchMessages: 16));
        await simulator.Complete(feed);
        simulator.Ticks.NextSlots(35);
        await simulator.CaughtUp(feed);
        var before = feed.Processed;
        await CutFor(simulator, feed, slots: 25, () => feed.Head = () => simulator.Chain.Blocks.Tip.Slot);
        await simulator.CaughtUp(feed);
        Assert.Equal((1, 0), (feed.Counts.Replays, feed.Counts.Gaps));
        SameState.Check(simulator, feed);
        Assert.InRange(feed.QuotedBehindMax, 0UL, 9UL); // a status or two behind its own writes
        Assert.True(feed.Processed.Value >= before.Value + 25);
    }

    [Fact]
    public async Task After_a_cut_without_replay_every_pool_is_held_back_until_it_was_read_anew()
    {
        await using var simulator = await SimulatorRun.Start();
        await using var feed = simulator.Read();
        await simulator.Complete(feed);
        simulator.Ticks.NextSlots(35);
        await simulator.CaughtUp(feed);
        simulator.Switches.HoldsNothing = true;
        await CutFor(simulator, feed, slots: 10);
        await feed.Until(run => run.Told.Contains(FeedEventKind.Gap));
        await simulator.Complete(feed);
        SameState.Check(simulator, feed);
        Assert.Equal((0, 1), (feed.Counts.Replays, feed.Counts.Gaps));
        Assert.True(feed.WereGapsHeld);
    }

    [Fact]
    public async Task After_a_cut_longer_than_what_is_held_everything_is_read_anew()
    {
        await using var simulator = await SimulatorRun.Start("Simulator:HeldSlots=1", "Simulator:FinalizedBehind=4");
        await using var feed = simulator.Read();
        await simulator.Complete(feed);
        simulator.Ticks.NextSlots(10);
        await simulator.CaughtUp(feed);
        await CutFor(simulator, feed, slots: 40);
        await feed.Until(run => run.Told.Contains(FeedEventKind.Gap));
        await simulator.Complete(feed);
        SameState.Check(simulator, feed);
        Assert.True(feed.WereGapsHeld);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Slots_that_are_given_up_roll_back_whether_that_is_told_or_only_shown(string isTold)
    {
        await using var simulator = await SimulatorRun.Start(
            "Simulator:ForkEverySlots=10", "Simulator:ForkDepth=2", $"Simulator:TellsDeadSlots={isTold}");
        await using var feed = simulator.Read();
        await simulator.Complete(feed);
        simulator.Ticks.NextSlots(80);
        // Three blocks after a fork one of them is confirmed, which rules out what only its parent speaks against.
        while (simulator.Chain.Blocks.Tip.Slot.Value % 10 != 5) simulator.Ticks.NextSlots(1);
        await simulator.CaughtUp(feed);
        Assert.True(feed.Look(assembler => assembler.Counts.SlotsRolledBack) >= 14);
        Assert.True(feed.Look(assembler => assembler.Counts.WritesRolledBack) > 50);
        Assert.Equal(0, feed.Look(assembler => assembler.Counts.Contradictions));
        SameState.Check(simulator, feed);
    }

    [Fact]
    public async Task A_reader_that_does_not_keep_up_is_cut_off_and_loses_nothing()
    {
        await using var simulator = await SimulatorRun.Start(
            "Simulator:SubscriberMessagesMax=4000", "Generator:TransactionsPerSlot=400");
        await using var feed = simulator.Read(simulator.Options(bufferedMessages: 64));
        await simulator.Complete(feed);
        for (var i = 0; i < 40; i++)
        {
            simulator.Ticks.NextSlots(1);
            await simulator.CaughtUp(feed);
        }
        Assert.Equal(0, simulator.Subscribers.SlowDisconnects);
        await feed.Pause();
        for (var i = 0; i < 60 && simulator.Subscribers.SlowDisconnects == 0; i++) simulator.Ticks.NextSlots(1);
        Assert.True(simulator.Subscribers.SlowDisconnects > 0);
        feed.Resume();
        await simulator.CaughtUp(feed);
        SameState.Check(simulator, feed);
        Assert.True(feed.Counts.BufferWaits > 0);
    }

    [Fact]
    public async Task Of_pools_that_are_named_alone_nothing_else_is_told()
    {
        await using var simulator = await SimulatorRun.Start();
        Pool[] wanted =
        [
            .. simulator.Chain.Pools.GroupBy(pool => pool.Protocol).SelectMany(pools => pools.Take(2)),
        ];
        Assert.Equal(6, wanted.Length);
        string[] names = [.. wanted.Select(pool => $"{pool.Id.Address}")];
        await using var feed = simulator.Read(simulator.Options(pools: names));
        await simulator.Complete(feed);
        simulator.Ticks.NextSlots(40);
        await simulator.CaughtUp(feed);
        SameState.Check(simulator, feed, pool => wanted.Contains(pool));
        Assert.Equal(wanted.Length, feed.Look(assembler => assembler.PoolCount));
    }

    [Fact]
    public async Task A_pool_that_appears_later_is_watched_with_what_it_names()
    {
        await using var simulator = await SimulatorRun.Start();
        await using var feed = simulator.Read();
        await simulator.Complete(feed);
        var writes = new RaydiumAmmV4Bytes().Writes();
        Write(simulator, 1, writes);
        await Known(simulator, feed, coins: 1_000_000_000_000);
        Write(simulator, 2, new RaydiumAmmV4Bytes { Coins = 2_000_000_000_000 }.Writes()[1..2]);
        await Known(simulator, feed, coins: 2_000_000_000_000);
    }

    private static async Task Known(SimulatorRun simulator, FeedRun feed, ulong coins)
    {
        var id = new PoolId(RaydiumAmmV4Bytes.PoolKey);
        var expected = new RaydiumAmmV4Bytes { Coins = coins }.Pool();
        for (var slots = 0; slots < 400; slots++)
        {
            simulator.Ticks.NextSlots(1);
            await feed.Moved(TimeSpan.FromMilliseconds(20));
            var isSame = feed.Look(assembler => assembler.TryGet(id, out var pool)
                && pool.Condition == PoolCondition.None && QuoteOf(pool.Copy()) == QuoteOf(expected));
            if (isSame) return;
        }
        Assert.Fail("the pool did not become what it is on the chain");

        static Quote QuoteOf(Pool pool) =>
            pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(1_000_000), new ChainClock(new Slot(1), 1));
    }

    private static void Write(SimulatorRun simulator, byte number, AccountWrite[] writes)
    {
        var transaction = ChainTransaction.Of(
            TransactionSignature.From(Enumerable.Repeat(number, TransactionSignature.Length).ToArray()),
            Wallets.Trader(1, 0), simulator.Chain.Blocks.Tip.Hash);
        simulator.Chain.Execute(transaction, (_, effects) =>
        {
            foreach (var write in writes)
                effects.Write(new ChainAccount(write.Key, write.Owner, write.Lamports, write.Data.ToArray()));
            return null;
        });
    }

    private static async Task CutFor(SimulatorRun simulator, FeedRun feed, int slots, Action? broken = null)
    {
        var breaks = feed.Counts.Breaks;
        simulator.Switches.Refuses = true;
        simulator.Subscribers.CutAll();
        simulator.Ticks.NextSlots(slots);
        await feed.Until(run => true);
        while (feed.Counts.Breaks == breaks) await feed.Moved(TimeSpan.FromMilliseconds(2));
        broken?.Invoke();
        simulator.Switches.Refuses = false;
    }
}
