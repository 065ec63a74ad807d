using Mev.Domain.Chain;
using Mev.Domain.Feed;
using static Mev.Domain.Tests.Feed.FakeChain;

namespace Mev.Domain.Tests.Feed;

public sealed class PoolAssemblerLimitTests
{
    [Fact]
    public void Orphans_above_the_bound_are_forgotten_oldest_first_and_a_pool_that_lost_a_part_is_incomplete()
    {
        var assembler = New(new AssemblerLimits { OrphansMax = 3 });
        assembler.Take(PartWrite(0, 1, 1, 100, 0) with { IsStartup = true });
        for (var vault = 5; vault < 8; vault++)
            assembler.Take(VaultWrite(vault, 0, 1, 100, 0) with { IsStartup = true });
        Assert.Equal(1, assembler.Counts.OrphansEvicted);
        Snapshot(assembler, 1, 100, 2);
        Assert.Equal(PoolCondition.Incomplete, assembler.Get(0).Condition);
        Assert.Equal(PoolCondition.None, assembler.Get(1).Condition);
        assembler.Take(FeedEvent.Gap(new Slot(100)));
        Snapshot(assembler, 2, 101, 2);
        Assert.True(assembler.Get(0).IsQuotable());
    }

    [Fact]
    public void Orphans_are_bounded_by_their_bytes_too()
    {
        var assembler = New(new AssemblerLimits { OrphanBytesMax = 64 });
        for (var vault = 0; vault < 20; vault++)
            assembler.Take(VaultWrite(vault, 0, 1, 100, 0) with { IsStartup = true });
        Assert.Equal(12, assembler.Counts.OrphansEvicted);
        Assert.Equal(8, assembler.Accounts.Count());
    }

    [Fact]
    public void When_too_many_pools_lost_parts_every_new_one_is_incomplete()
    {
        var assembler = New(new AssemblerLimits { OrphansMax = 1, LostPoolsMax = 1 });
        for (var pool = 0; pool < 4; pool++) assembler.Take(PartWrite(pool, 1, 1, 100, 0) with { IsStartup = true });
        Assert.Equal(2, assembler.Counts.LostPoolsLeftOut);
        Snapshot(assembler, 1, 100, 6);
        Assert.Equal(PoolCondition.Incomplete, assembler.Get(5).Condition);
    }

    [Fact]
    public void Pools_above_the_bound_are_not_taken_up()
    {
        var assembler = Start(1, pools: 3, limits: new AssemblerLimits { PoolsMax = 2 });
        Assert.Equal(2, assembler.PoolCount);
        Assert.Equal(1, assembler.Counts.PoolsRefused);
        Assert.False(assembler.TryGet(Pool(2), out _));
    }

    [Fact]
    public void A_pool_with_more_accounts_than_the_bound_is_incomplete()
    {
        var assembler = Start(1, limits: new AssemblerLimits { AccountsPerPoolMax = 4 });
        assembler.Take(PartWrite(0, 1, 1, 101, 1, 1));
        assembler.CloseTransaction();
        Assert.True(assembler.Get(0).IsQuotable());
        assembler.Take(PartWrite(0, 2, 1, 101, 2, 2));
        assembler.CloseTransaction();
        Assert.Equal(PoolCondition.Incomplete, assembler.Get(0).Condition);
        Assert.Equal(1, assembler.Counts.PoolAccountsRefused);
    }

    [Fact]
    public void Versions_above_the_bound_are_forgotten_and_a_roll_back_to_them_makes_the_pool_gapped()
    {
        var assembler = Start(1, limits: new AssemblerLimits { VersionsMax = 2 });
        for (var slot = 101UL; slot <= 103; slot++)
        {
            assembler.Take(Processed(slot, slot - 1));
            assembler.Swap(0, slot, slot, 2 * slot);
        }
        assembler.Take(Dead(103));
        Assert.Equal((102UL, 102UL), assembler.Numbers(0));
        Assert.True(assembler.Get(0).IsQuotable());
        assembler.Take(Dead(102));
        Assert.Equal(PoolCondition.Gapped, assembler.Get(0).Condition);
        Assert.Equal(4, assembler.Counts.VersionsEvicted);
        assembler.Take(Processed(104, 101));
        assembler.Take(VaultWrite(0, 0, 9, 104, 900, 9));
        assembler.CloseTransaction();
        Assert.Equal(PoolCondition.Gapped, assembler.Get(0).Condition);
        assembler.Take(VaultWrite(0, 1, 9, 104, 901, 10));
        assembler.CloseTransaction();
        Assert.True(assembler.Get(0).IsQuotable());
    }

    [Fact]
    public void Slots_above_the_bound_count_as_finalized()
    {
        var assembler = Start(1, limits: new AssemblerLimits { SlotsMax = 4 });
        for (var slot = 101UL; slot <= 110; slot++)
        {
            assembler.Take(FeedEvent.TimeIs(new Slot(slot), (long)slot));
            assembler.Swap(0, slot, slot, 2 * slot);
        }
        assembler.CloseTransaction();
        Assert.Equal(6, assembler.Counts.SlotsEvicted);
        Assert.Equal(new ChainClock(new Slot(110), 110), assembler.Clock);
        for (var slot = 110UL; slot >= 105; slot--) assembler.Take(Dead(slot));
        Assert.Equal((106UL, 106UL), assembler.Numbers(0));
    }

    [Fact]
    public void Dead_slots_above_the_bound_are_forgotten()
    {
        var assembler = Start(1, limits: new AssemblerLimits { DeadSlotsMax = 2 });
        for (var slot = 101UL; slot <= 103; slot++) assembler.Take(Dead(slot));
        Assert.Equal(1, assembler.Counts.DeadSlotsEvicted);
        assembler.Take(VaultWrite(0, 0, 2, 102, 1, 1));
        assembler.Take(VaultWrite(0, 0, 3, 101, 2, 2));
        Assert.Equal(1, assembler.Counts.DeadSlotWrites);
    }

    [Fact]
    public void A_transaction_of_more_accounts_than_the_bound_is_cut()
    {
        var assembler = Start(1, pools: 3, limits: new AssemblerLimits { TransactionAccountsMax = 2 });
        for (var pool = 0; pool < 3; pool++) assembler.Take(VaultWrite(pool, 0, 5, 101, 1 + (ulong)pool, 1));
        Assert.Equal(1, assembler.Counts.TransactionsCut);
        Assert.Equal(PoolCondition.None, assembler.Get(0).Condition);
        Assert.Equal(PoolCondition.Torn, assembler.Get(2).Condition);
    }

    [Fact]
    public void A_steady_stream_of_writes_allocates_next_to_nothing()
    {
        var assembler = Start(1, pools: 4);
        var (slot, version) = (101UL, 1UL);
        var updates = new List<AssembledPool>();
        var writes = Enumerable.Range(0, 8).Select(i => VaultWrite(i / 2, i % 2, 5, 0, 0, 1)).ToArray();
        Run(2_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(2_000);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 16_000.0, 0, 1);

        void Run(int slots)
        {
            for (var i = 0; i < slots; i++)
            {
                assembler.Take(Processed(slot, slot - 1));
                if (slot > 140) assembler.Take(Finalized(slot - 32));
                foreach (var write in writes)
                    assembler.Take(write with { Slot = new Slot(slot), WriteVersion = version++ });
                assembler.CloseTransaction();
                assembler.Drain(updates);
                slot++;
            }
        }
    }

    private static PoolAssembler New(AssemblerLimits limits) =>
        new(FakePool.TryCreate, FakePool.TryGetPoolOf, limits);
}
