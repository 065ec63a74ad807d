using Mev.Domain.Chain;
using Mev.Domain.Feed;
using static Mev.Domain.Tests.Feed.FakeChain;

namespace Mev.Domain.Tests.Feed;

public sealed class PoolAssemblerConditionTests
{
    [Fact]
    public void A_pool_is_torn_while_a_transaction_that_writes_it_is_open_and_keeps_its_old_state()
    {
        var assembler = Start(1);
        assembler.Take(VaultWrite(0, 0, 5, 101, 1, 1));
        Assert.Equal(PoolCondition.Torn, assembler.Get(0).Condition);
        assembler.Take(VaultWrite(0, 1, 5, 101, 2, 1));
        Assert.Equal(PoolCondition.Torn, assembler.Get(0).Condition);
        Assert.Equal((1UL, 1UL), assembler.Numbers(0));
        assembler.Take(VaultWrite(1, 0, 9, 101, 3, 2));
        Assert.Equal(PoolCondition.None, assembler.Get(0).Condition);
        Assert.Equal((5UL, 5UL), assembler.Numbers(0));
    }

    [Fact]
    public void A_slot_status_closes_the_open_transaction()
    {
        var assembler = Start(1);
        assembler.Swap(0, 5, 101, 1);
        assembler.Take(Processed(101, 100));
        Assert.True(assembler.Get(0).IsQuotable());
        Assert.Equal((5UL, 5UL), assembler.Numbers(0));
    }

    [Fact]
    public void A_late_copy_in_the_middle_of_a_transaction_does_not_end_it()
    {
        var assembler = Start(1);
        assembler.Swap(0, 5, 101, 1);
        assembler.Take(VaultWrite(0, 0, 6, 101, 3, 3));
        assembler.Take(VaultWrite(0, 1, 5, 101, 2, 1));
        Assert.Equal(PoolCondition.Torn, assembler.Get(0).Condition);
        assembler.Take(VaultWrite(0, 1, 6, 101, 4, 3));
        assembler.CloseTransaction();
        Assert.Equal((6UL, 6UL), assembler.Numbers(0));
        Assert.Equal(1, assembler.Counts.Duplicates);
    }

    [Fact]
    public void Without_slot_statuses_every_pool_becomes_stale_and_with_one_it_recovers()
    {
        var assembler = Start(1, limits: new AssemblerLimits { StaleSlots = 2, SlotNs = 400 });
        var updates = new List<AssembledPool>();
        assembler.Take(Processed(101, 100), 1_000);
        assembler.Drain(updates);
        Assert.False(assembler.CheckStale(1_800));
        Assert.Equal(0, assembler.Drain(updates));
        Assert.True(assembler.CheckStale(1_801));
        assembler.Drain(updates);
        Assert.Equal(PoolCondition.Stale, Assert.Single(updates).Condition);
        assembler.Take(Processed(102, 101), 2_000);
        Assert.False(assembler.CheckStale(2_001));
        Assert.True(assembler.Get(0).IsQuotable());
    }

    [Fact]
    public void Far_behind_the_chain_every_pool_is_stale_until_the_feed_has_caught_up()
    {
        var assembler = Start(1, limits: new AssemblerLimits { BehindSlotsMax = 8 });
        var updates = new List<AssembledPool>();
        assembler.Take(Processed(101, 100), 1_000);
        assembler.Take(FeedEvent.ChainHead(new Slot(109)), 1_000);
        Assert.False(assembler.CheckStale(1_000));
        assembler.Drain(updates);
        assembler.Take(FeedEvent.ChainHead(new Slot(111)), 1_000);
        assembler.Drain(updates);
        Assert.Equal(PoolCondition.Stale, Assert.Single(updates).Condition);
        assembler.Take(Processed(102, 101), 1_001); // an old slot: it ends a silence, and not this
        Assert.True(assembler.CheckStale(1_001));
        assembler.Take(Processed(103, 102), 1_002);
        Assert.False(assembler.CheckStale(1_002));
        Assert.True(assembler.Get(0).IsQuotable());
    }

    [Fact]
    public void How_far_the_chain_is_does_not_end_a_transaction()
    {
        var assembler = Start(1);
        assembler.Take(VaultWrite(0, 0, 5, 101, 1, 1));
        assembler.Take(FeedEvent.ChainHead(new Slot(102)));
        Assert.Equal(PoolCondition.Torn, assembler.Get(0).Condition);
        assembler.Take(VaultWrite(0, 1, 5, 101, 2, 1));
        assembler.CloseTransaction();
        Assert.Equal((5UL, 5UL), assembler.Numbers(0));
    }

    [Fact]
    public void After_a_gap_a_pool_is_quoted_again_once_a_complete_snapshot_held_its_accounts()
    {
        var assembler = Start(1, pools: 2);
        assembler.Swap(0, 5, 101, 1);
        assembler.Take(FeedEvent.Gap(new Slot(101)));
        Assert.Equal(PoolCondition.Gapped, assembler.Get(0).Condition);
        assembler.Swap(0, 6, 103, 70);
        assembler.CloseTransaction();
        Assert.Equal(PoolCondition.Gapped, assembler.Get(0).Condition);
        Snapshot(assembler, 9, 102);
        Assert.Equal(PoolCondition.None, assembler.Get(0).Condition);
        Assert.Equal((6UL, 6UL), assembler.Numbers(0));
        Assert.Equal(PoolCondition.Gapped, assembler.Get(1).Condition);
        assembler.Take(PoolWrite(1, 1, 104, 71, 5));
        assembler.Take(VaultWrite(1, 0, 3, 104, 72, 5));
        assembler.Take(VaultWrite(1, 1, 3, 104, 73, 5));
        assembler.CloseTransaction();
        Assert.True(assembler.Get(1).IsQuotable());
    }

    [Fact]
    public void What_an_earlier_stream_told_of_unfinished_slots_gives_way_to_the_snapshot()
    {
        var assembler = Start(1);
        assembler.Take(VaultWrite(0, 0, 5, 110, 900, 1));
        assembler.Take(FeedEvent.Gap(new Slot(110)));
        Snapshot(assembler, 2, 108);
        Assert.True(assembler.Get(0).IsQuotable());
        Assert.Equal((2UL, 2UL), assembler.Numbers(0));
        assembler.Swap(0, 3, 110, 4);
        assembler.CloseTransaction();
        Assert.Equal((3UL, 3UL), assembler.Numbers(0));
    }

    [Fact]
    public void A_pool_without_a_complete_snapshot_is_incomplete()
    {
        var assembler = new PoolAssembler(FakePool.TryCreate, FakePool.TryGetPoolOf);
        Assert.True(assembler.NeedsSnapshot);
        assembler.Take(PoolWrite(0, 1, 100, 1, 1));
        assembler.Swap(0, 2, 100, 2);
        assembler.CloseTransaction();
        Assert.Equal(PoolCondition.Incomplete, assembler.Get(0).Condition);
        assembler.Take(FeedEvent.SnapshotComplete(new Slot(100)));
        Assert.True(assembler.Get(0).IsQuotable());
        Assert.False(assembler.NeedsSnapshot);
    }

    [Fact]
    public void Events_without_a_meaning_are_counted()
    {
        var assembler = Start(1);
        assembler.Take(default(FeedEvent));
        assembler.Take(Processed(101, 105));
        assembler.Take(FeedEvent.SlotIs(SlotStatus.Unknown, new Slot(101)));
        Assert.Equal(3, assembler.Counts.UnknownEvents);
    }
}
