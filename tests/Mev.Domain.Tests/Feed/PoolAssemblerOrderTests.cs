using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using static Mev.Domain.Tests.Feed.FakeChain;

namespace Mev.Domain.Tests.Feed;

public sealed class PoolAssemblerOrderTests
{
    [Fact]
    public void A_higher_version_replaces_a_lower_one_whatever_the_order_of_arrival()
    {
        var assembler = Start(1);
        assembler.Take(VaultWrite(0, 0, 7, 101, 9, 1));
        assembler.Take(VaultWrite(0, 0, 5, 101, 8, 2));
        assembler.Take(VaultWrite(0, 0, 6, 100, 7, 3));
        assembler.CloseTransaction();
        Assert.Equal((7UL, 1UL), assembler.Numbers(0));
        Assert.Equal(2, assembler.Counts.Late);
    }

    [Fact]
    public void A_write_sent_twice_counts_once()
    {
        var assembler = Start(1);
        for (var i = 0; i < 2; i++) assembler.Take(VaultWrite(0, 0, 7, 101, 9, 1));
        assembler.CloseTransaction();
        Assert.Equal(1, assembler.Counts.Duplicates);
        Assert.Equal(4, assembler.Counts.Applied);
        Assert.Equal((7UL, 1UL), assembler.Numbers(0));
    }

    [Fact]
    public void A_startup_value_loses_to_a_live_one_of_the_same_slot_and_beats_an_earlier_one()
    {
        var assembler = Start(1);
        assembler.Take(VaultWrite(0, 0, 7, 105, 0, 1));
        assembler.CloseTransaction();
        assembler.Take(VaultWrite(0, 0, 8, 105, 99) with { IsStartup = true });
        assembler.Take(VaultWrite(0, 1, 8, 105, 0) with { IsStartup = true });
        Assert.Equal((7UL, 8UL), assembler.Numbers(0));
    }

    [Fact]
    public void Accounts_that_arrive_before_their_pool_are_joined_when_it_comes()
    {
        var assembler = new PoolAssembler(FakePool.TryCreate, FakePool.TryGetPoolOf);
        assembler.Take(VaultWrite(0, 0, 3, 100, 0) with { IsStartup = true });
        assembler.Take(PartWrite(0, 1, 4, 100, 0) with { IsStartup = true });
        assembler.Take(VaultWrite(0, 1, 3, 100, 0) with { IsStartup = true });
        Assert.Equal(0, assembler.PoolCount);
        assembler.Take(PoolWrite(0, 1, 100, 0) with { IsStartup = true });
        Assert.Equal(PoolCondition.Incomplete, assembler.Get(0).Condition);
        assembler.Take(FeedEvent.SnapshotComplete(new Slot(100)));
        Assert.True(assembler.Get(0).IsQuotable());
        Assert.Equal((3UL, 3UL), assembler.Numbers(0));
        Assert.Equal(4UL, ((FakePool)assembler.Get(0).Copy()).Number(Part(0, 1)));
    }

    [Fact]
    public void A_closed_part_is_gone_and_a_closed_pool_is_told_and_removed_once_final()
    {
        var assembler = Start(1);
        assembler.Take(PartWrite(0, 1, 4, 101, 1, 1));
        assembler.Take(ClosedWrite(Part(0, 1), 102, 2, 2));
        assembler.CloseTransaction();
        Assert.Equal(0UL, ((FakePool)assembler.Get(0).Copy()).Number(Part(0, 1)));
        assembler.Take(ClosedWrite(Pool(0).Address, 103, 3, 3));
        assembler.CloseTransaction();
        Assert.Equal(PoolCondition.Closed, assembler.Get(0).Condition);
        assembler.Take(Finalized(103));
        Assert.Equal(0, assembler.PoolCount);
        Assert.Equal(1, assembler.Counts.PoolsRemoved);
        assembler.Take(PoolWrite(0, 1, 104, 4, 4));
        assembler.CloseTransaction();
        Assert.Equal((1UL, 1UL), assembler.Numbers(0));
    }

    [Fact]
    public void A_pool_account_with_another_owner_is_not_quoted()
    {
        var assembler = Start(1);
        assembler.Take(PoolWrite(0, 1, 101, 1, 1) with { Owner = Programs.Token });
        assembler.CloseTransaction();
        Assert.Equal(PoolDefect.WrongOwner, assembler.Get(0).Copy().Defect);
        Assert.False(assembler.Get(0).IsQuotable());
    }

    [Fact]
    public void An_account_longer_than_the_bound_makes_its_pool_unquotable()
    {
        var assembler = Start(1);
        assembler.Take(PoolWrite(0, 1, 101, 1, 1) with { Data = new byte[20_000] });
        assembler.CloseTransaction();
        Assert.Equal(1, assembler.Counts.Oversize);
        Assert.Equal(PoolDefect.WrongLayout, assembler.Get(0).Copy().Defect);
    }

    [Fact]
    public void Drain_lists_each_changed_pool_once()
    {
        var assembler = Start(1, pools: 3);
        var updates = new List<AssembledPool>();
        Assert.Equal(3, assembler.Drain(updates));
        Assert.Equal(0, assembler.Drain(updates));
        assembler.Swap(2, 5, 101, 1);
        assembler.Swap(0, 6, 101, 3);
        assembler.CloseTransaction();
        assembler.Drain(updates);
        Assert.Equal([Pool(2), Pool(0)], updates.Select(update => update.Id));
        Assert.All(updates, update => Assert.True(update.IsQuotable()));
    }

    [Fact]
    public void The_chain_clock_follows_statuses_block_times_and_the_clock_account()
    {
        var assembler = Start(1);
        assembler.Take(Processed(101, 100));
        assembler.Take(FeedEvent.TimeIs(new Slot(101), 1_649_203_212));
        Assert.Equal(new ChainClock(new Slot(101), 1_649_203_212), assembler.Clock);
        var sysvar = new byte[40];
        BitConverter.TryWriteBytes(sysvar, 102UL);
        BitConverter.TryWriteBytes(sysvar.AsSpan(32), 1_649_203_213L);
        assembler.Take(PoolWrite(0, 1, 102, 1) with { Key = Programs.ClockSysvar, Data = sysvar });
        Assert.Equal(new ChainClock(new Slot(102), 1_649_203_213), assembler.Clock);
        assembler.Take(Dead(102));
        Assert.Equal(new ChainClock(new Slot(101), 1_649_203_212), assembler.Clock);
    }

    [Theory]
    [InlineData(103)]
    [InlineData(ulong.MaxValue)]
    public void A_clock_account_that_is_ahead_of_its_own_slot_is_not_taken(ulong slot)
    {
        var assembler = Start(1);
        assembler.Take(Processed(102, 101));
        var before = assembler.Clock;
        var sysvar = new byte[40];
        BitConverter.TryWriteBytes(sysvar, slot);
        BitConverter.TryWriteBytes(sysvar.AsSpan(32), 1_649_203_213L);
        assembler.Take(PoolWrite(0, 1, 102, 1) with { Key = Programs.ClockSysvar, Data = sysvar });
        Assert.Equal((before, 1), (assembler.Clock, assembler.Counts.Undecodable));
    }
}
