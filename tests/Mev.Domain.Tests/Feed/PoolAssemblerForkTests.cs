using Mev.Domain.Feed;
using static Mev.Domain.Tests.Feed.FakeChain;

namespace Mev.Domain.Tests.Feed;

public sealed class PoolAssemblerForkTests
{
    [Fact]
    public void A_dead_slot_is_undone_and_its_later_messages_are_dropped()
    {
        var assembler = Start(1);
        assembler.Take(Processed(101, 100));
        assembler.Swap(0, 5, 101, 1);
        assembler.Take(Processed(102, 101));
        assembler.Swap(0, 6, 102, 3);
        assembler.Take(PartWrite(0, 1, 6, 102, 5, 3));
        assembler.Take(Dead(102));
        Assert.Equal((5UL, 5UL), assembler.Numbers(0));
        Assert.True(assembler.Get(0).IsQuotable());
        Assert.Equal(0UL, ((FakePool)assembler.Get(0).Copy()).Number(Part(0, 1)));
        assembler.Swap(0, 7, 102, 9);
        assembler.CloseTransaction();
        Assert.Equal((5UL, 5UL), assembler.Numbers(0));
        Assert.Equal(2, assembler.Counts.DeadSlotWrites);
        Assert.Equal(3, assembler.Counts.WritesRolledBack);
    }

    [Fact]
    public void Slots_that_descend_from_a_dead_one_die_with_it()
    {
        var assembler = Start(1);
        assembler.Take(Processed(101, 100));
        assembler.Take(Processed(102, 101));
        assembler.Swap(0, 6, 102, 3);
        assembler.Take(Dead(101));
        Assert.Equal((1UL, 1UL), assembler.Numbers(0));
        assembler.Take(Processed(103, 102));
        assembler.Swap(0, 7, 103, 5);
        assembler.CloseTransaction();
        Assert.Equal((1UL, 1UL), assembler.Numbers(0));
    }

    [Fact]
    public void Confirmation_undoes_the_slots_of_the_other_fork_on_both_sides_of_it()
    {
        var assembler = Start(1);
        assembler.Take(Processed(101, 100));
        assembler.Swap(0, 5, 101, 1);
        assembler.Take(Processed(102, 101));
        assembler.Swap(0, 6, 102, 3);
        assembler.Take(Processed(103, 101));
        assembler.Take(Processed(104, 102));
        assembler.Swap(0, 8, 104, 7);
        assembler.Take(Processed(105, 103));
        assembler.Take(VaultWrite(0, 0, 9, 105, 9, 9));
        assembler.CloseTransaction();
        Assert.Equal((9UL, 8UL), assembler.Numbers(0));
        assembler.Take(Confirmed(103));
        Assert.Equal((9UL, 5UL), assembler.Numbers(0));
        Assert.Equal(2, assembler.Counts.SlotsRolledBack);
    }

    [Fact]
    public void A_late_write_of_a_surviving_fork_is_there_after_the_roll_back()
    {
        var assembler = Start(1);
        assembler.Take(Processed(101, 100));
        assembler.Take(Processed(102, 100));
        assembler.Swap(0, 6, 102, 3);
        assembler.Swap(0, 5, 101, 1);
        assembler.CloseTransaction();
        Assert.Equal((6UL, 6UL), assembler.Numbers(0));
        assembler.Take(Confirmed(101));
        Assert.Equal((5UL, 5UL), assembler.Numbers(0));
    }

    [Fact]
    public void Without_parent_links_nothing_is_undone()
    {
        var assembler = Start(1);
        assembler.Swap(0, 5, 101, 1);
        assembler.Swap(0, 6, 102, 3);
        assembler.Take(Confirmed(103));
        Assert.Equal((6UL, 6UL), assembler.Numbers(0));
        Assert.Equal(0, assembler.Counts.SlotsRolledBack);
    }

    [Fact]
    public void A_pool_created_in_a_dead_slot_never_existed()
    {
        var assembler = Start(1);
        assembler.Take(Processed(101, 100));
        assembler.Take(PoolWrite(1, 1, 101, 1, 1));
        assembler.Take(VaultWrite(1, 0, 1, 101, 2, 1));
        assembler.Take(VaultWrite(1, 1, 1, 101, 3, 1));
        assembler.CloseTransaction();
        Assert.True(assembler.Get(1).IsQuotable());
        var updates = new List<AssembledPool>();
        assembler.Drain(updates);
        assembler.Take(Dead(101));
        Assert.False(assembler.TryGet(Pool(1), out _));
        assembler.Drain(updates);
        Assert.True(Assert.Single(updates).Condition.HasFlag(PoolCondition.Closed));
        Assert.Equal(3, assembler.Accounts.Count());
    }

    [Fact]
    public void A_dead_slot_that_is_confirmed_after_all_makes_every_pool_gapped()
    {
        var assembler = Start(1);
        assembler.Take(Processed(101, 100));
        assembler.Take(Dead(101));
        assembler.Take(Confirmed(101));
        Assert.Equal(PoolCondition.Gapped, assembler.Get(0).Condition);
        Assert.Equal(1, assembler.Counts.Contradictions);
        Assert.True(assembler.NeedsSnapshot);
    }

    [Fact]
    public void What_builds_upon_a_dead_slot_that_is_confirmed_after_all_is_alive_with_it()
    {
        var assembler = Start(1);
        assembler.Take(Processed(101, 100));
        assembler.Take(Dead(101));
        assembler.Take(Processed(102, 101));
        assembler.Take(Confirmed(101));
        Snapshot(assembler, 2, 101);
        assembler.Take(Processed(103, 102));
        assembler.Swap(0, 3, 103, 5);
        assembler.Take(Confirmed(102));
        assembler.Take(Confirmed(103));
        Assert.Equal(1, assembler.Counts.Contradictions);
        Assert.True(assembler.Get(0).IsQuotable());
        Assert.Equal((3UL, 3UL), assembler.Numbers(0));
    }

    [Fact]
    public void A_finalized_slot_cannot_be_undone_and_frees_what_was_before_it()
    {
        var assembler = Start(1);
        for (var slot = 101UL; slot <= 110; slot++)
        {
            assembler.Take(Processed(slot, slot - 1));
            assembler.Swap(0, slot, slot, 2 * slot);
        }
        assembler.Take(Finalized(109));
        assembler.Take(Dead(109));
        Assert.Equal((110UL, 110UL), assembler.Numbers(0));
        assembler.Take(Dead(110));
        Assert.Equal((109UL, 109UL), assembler.Numbers(0));
    }
}
