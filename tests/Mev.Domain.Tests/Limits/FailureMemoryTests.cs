using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Limits;

namespace Mev.Domain.Tests.Limits;

public sealed class FailureMemoryTests
{
    private static readonly Slot Now = new(1_000);

    private readonly FailureMemory _memory = new();

    [Fact]
    public void Equal_failures_in_a_row_are_counted_for_each_cycle_and_another_cause_begins_anew()
    {
        Assert.True(_memory.IsEmpty);
        Fail(1, OutcomeCause.FailedOnChain);
        Fail(1, OutcomeCause.FailedOnChain);
        Fail(2, OutcomeCause.FailedOnChain);
        Assert.Equal((2, 1, 0), (Equal(1), Equal(2), Equal(3)));
        Fail(1, OutcomeCause.Bug);
        Assert.Equal(1, Equal(1));
        Fail(1, OutcomeCause.Bug);
        Fail(1, OutcomeCause.Bug);
        Assert.True(Equal(1) > FailureMemory.EqualMax);
    }

    [Theory]
    [InlineData(OutcomeCause.Outbid)]
    [InlineData(OutcomeCause.Late)]
    [InlineData(OutcomeCause.ValueGuard)]
    [InlineData(OutcomeCause.NoLeader)]
    [InlineData(OutcomeCause.Unobserved)]
    public void What_rivals_and_the_engine_do_says_nothing_against_a_cycle(OutcomeCause cause)
    {
        Fail(1, OutcomeCause.Bug);
        Fail(1, OutcomeCause.Bug);
        for (var i = 0; i < 5; i++) Fail(1, cause);
        Assert.Equal(2, Equal(1));
        Fail(2, cause);
        Assert.Equal(0, Equal(2));
    }

    [Fact]
    public void A_landing_makes_it_forget()
    {
        for (var i = 0; i < 3; i++) Fail(1, OutcomeCause.FailedOnChain);
        _memory.Take(Key(1), BundleOutcomeKind.Landed, OutcomeCause.Landed, Now);
        Assert.True(_memory.IsEmpty);
    }

    [Fact]
    public void Left_alone_it_is_tried_once_more_and_then_left_alone_again()
    {
        for (var i = 0; i < 3; i++) Fail(1, OutcomeCause.FailedOnChain);
        var last = Now.Plus(FailureMemory.QuarantineSlots);
        Assert.Equal(3, _memory.EqualIn(Key(1), last));
        Assert.Equal(FailureMemory.EqualMax, _memory.EqualIn(Key(1), last.Plus(1)));
        _memory.Take(Key(1), BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain, last.Plus(2));
        Assert.Equal(3, _memory.EqualIn(Key(1), last.Plus(3)));
    }

    [Fact]
    public void Beyond_the_bound_the_cycle_that_failed_longest_ago_is_forgotten_and_a_snapshot_keeps_the_others()
    {
        for (var cycle = 0; cycle <= FailureMemory.CyclesMax; cycle++)
        {
            _memory.Take(
                Key(cycle), BundleOutcomeKind.Refused, OutcomeCause.Bug, Now.Plus(cycle));
        }
        Assert.Equal((0, 1), (Equal(0), Equal(1)));
        var snapshot = _memory.Snapshot();
        Assert.Equal(FailureMemory.CyclesMax, snapshot.Length);
        Assert.True(snapshot.SequenceEqual(new FailureMemory(snapshot).Snapshot()));
        Assert.True(new FailureMemory(default).IsEmpty); // of an earlier version
    }

    private void Fail(int cycle, OutcomeCause cause) =>
        _memory.Take(Key(cycle), BundleOutcomeKind.Refused, cause, Now);

    private int Equal(int cycle) => _memory.EqualIn(Key(cycle), Now);

    private static Digest Key(int cycle) => Digest.Of(BitConverter.GetBytes(cycle));
}
