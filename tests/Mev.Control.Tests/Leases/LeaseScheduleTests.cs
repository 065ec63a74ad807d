using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Limits.Leases;
using Mev.Fixtures;

namespace Mev.Control.Tests.Leases;

/// <summary>
/// Two granters and three holders over one log, at random: granters read late and restart, holders are cut off, answers
/// come late or never, and clocks differ by what the margin allows. What was really spent never exceeds the limit.
/// </summary>
public sealed class LeaseScheduleTests
{
    private static readonly Gen<LeaseSchedule.Step[]> Steps = Gen.Select(
        Gen.Int[0, 7], Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[1, 70], Gen.Int[0, 600])
        .Select((kind, granter, holder, amount, ms) => new LeaseSchedule.Step(kind, granter, holder, amount, ms))
        .Array[20, 100];

    private static readonly Gen<long> Skew = Gen.Long[-LeaseBook.MarginMs / 2, LeaseBook.MarginMs / 2];

    [Fact]
    public void What_is_spent_never_exceeds_the_limit_and_every_lease_comes_back()
    {
        var (granted, spent) = (0, 0);
        Gen.Select(Steps, Skew.Array[5]).Sample(
            (steps, skews) =>
            {
                var schedule = new LeaseSchedule(skews, isEndAwaited: true);
                foreach (var step in steps)
                {
                    schedule.Take(step);
                    Assert.True(schedule.Spent <= LeaseSchedule.Limit, $"{schedule.Spent} spent");
                    Assert.True(schedule.Book.Spent + schedule.Book.Out <= new Lamports(LeaseSchedule.Limit));
                }
                Interlocked.Add(ref granted, (int)schedule.Book.LastNumber);
                Interlocked.Add(ref spent, schedule.Spent > 0 ? 1 : 0);
                schedule.ExpireAll();
                Assert.Empty(schedule.Book.Open);
                Assert.Equal(schedule.Spent, schedule.Book.Spent.Value); // all of it was found in the log
            },
            iter: Soak.Times(1_000, 100_000));
        Assert.InRange(granted, Soak.Times(1_000, 100_000), int.MaxValue);
        Assert.InRange(spent, Soak.Times(150, 15_000), int.MaxValue);
    }

    [Fact]
    public void Granters_that_do_not_wait_for_the_end_are_found_out()
    {
        var exceeded = 0;
        Gen.Select(Steps, Skew.Array[5]).Sample(
            (steps, skews) =>
            {
                var schedule = new LeaseSchedule(skews, isEndAwaited: false);
                foreach (var step in steps) schedule.Take(step);
                if (schedule.Spent > LeaseSchedule.Limit) Interlocked.Increment(ref exceeded);
            },
            iter: 1_000);
        Assert.InRange(exceeded, 1, 1_000);
    }
}
