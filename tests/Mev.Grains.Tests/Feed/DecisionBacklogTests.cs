using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Grains.Feed;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Tests.Feed;

/// <summary>Invariant 9 at the backlog: full, it lets the drains wait and counts that; nothing is lost.</summary>
public sealed class DecisionBacklogTests
{
    private const int Drains = 2 * DecisionBacklog.DrainsMax;

    [Fact]
    public async Task A_full_backlog_lets_drains_wait_counts_them_and_loses_none()
    {
        var backlog = New();

        Assert.Equal(Drains, await Decided(backlog, drain => backlog.Add(drain, CancellationToken.None)));
        Assert.True(Count(backlog, "decisions.backlog") > 0);
    }

    [Fact]
    public async Task A_backlog_that_drops_what_finds_no_place_breaks_it()
    {
        var backlog = New();
        var places = DecisionBacklog.DrainsMax;

        Assert.NotEqual(Drains, await Decided(backlog, Drop));

        ValueTask Drop(OpportunityBatch drain) => places-- > 0
            ? backlog.Add(drain, CancellationToken.None)
            : ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_several_drains_of_a_round_found_is_decided_once_and_counted()
    {
        var backlog = New();
        await backlog.Add(Drain(1) with { Opportunities = [Chance(1), Chance(2)] }, default);
        await backlog.Add(Drain(2) with { Opportunities = [Chance(2)] }, default);
        await backlog.Add(Drain(3) with { Opportunities = [Chance(2), Chance(3)] }, default);

        var round = await backlog.Next(TestContext.Current.CancellationToken);

        Assert.Equal(3, round!.Opportunities.Length);
        Assert.Equal(2, backlog.FoundAgain);
        Assert.Equal(0, Count(backlog, "decisions.versions"));
    }

    [Fact]
    public async Task Of_a_cycle_the_version_seen_last_is_decided_and_the_others_are_counted()
    {
        var backlog = New();
        for (var version = 1; version <= 5; version++)
            await backlog.Add(Drain((ulong)version) with { Opportunities = [Chance(version, cycle: 9)] }, default);

        var round = await backlog.Next(TestContext.Current.CancellationToken);

        Assert.Equal(Chance(5).Id, Assert.Single(round!.Opportunities).Id);
        Assert.Equal(4, Count(backlog, "decisions.versions"));
        Assert.Equal(5, round.Counts.Evaluated);
    }

    /// <summary>Where places are scarce they go to what is decided upon first.</summary>
    [Fact]
    public async Task A_round_begins_with_what_was_seen_last_and_of_that_with_what_is_worth_most()
    {
        var backlog = New();
        await backlog.Add(Drain(1, slot: 10) with { Opportunities = [Chance(1, profit: 900)] }, default);
        await backlog.Add(
            Drain(2, slot: 11) with { Opportunities = [Chance(2, profit: 5), Chance(3, profit: 7)] }, default);

        var round = await backlog.Next(TestContext.Current.CancellationToken);

        Assert.Equal([Chance(3).Id, Chance(2).Id, Chance(1).Id], round!.Opportunities.Select(chance => chance.Id));
        Assert.Equal([0L, 0L, 1L], round.Opportunities.Select(chance => chance.Waited!.Value.Slots));
    }

    [Fact]
    public async Task Beyond_its_bound_a_round_leaves_out_what_was_seen_first_and_is_worth_least()
    {
        var backlog = New();
        var many = Enumerable.Range(1, NewestChances.RoundMax).Select(number => Chance(number, profit: number));
        await backlog.Add(Drain(1, slot: 10) with { Opportunities = [.. many] }, default);
        await backlog.Add(Drain(2, slot: 11) with { Opportunities = [Chance(0, profit: 1)] }, default);

        var round = await backlog.Next(TestContext.Current.CancellationToken);

        Assert.Equal(NewestChances.RoundMax, round!.Opportunities.Length);
        Assert.Equal(Chance(0).Id, round.Opportunities[0].Id);
        Assert.DoesNotContain(Chance(1).Id, round.Opportunities.Select(chance => chance.Id));
        Assert.Equal(1, Count(backlog, "decisions.round"));
    }

    [Fact]
    public async Task What_waited_beyond_the_bound_is_marked()
    {
        var backlog = New();
        await backlog.Add(Drain(1, slot: 10) with { Opportunities = [Chance(1)] }, default);
        await backlog.Add(Drain(2, slot: 11) with { Opportunities = [Chance(2)] }, default);
        Assert.Equal(9, backlog.OldestSlots(new Slot(19)));
        await backlog.Add(Drain(3, slot: 19) with { Opportunities = [Chance(3)] }, default);

        var round = await backlog.Next(TestContext.Current.CancellationToken);

        Assert.Equal([false, false, true], round!.Opportunities.Select(chance => chance.Waited!.Value.IsOver));
        Assert.Equal(0, backlog.OldestSlots(new Slot(19)));
    }

    /// <summary>A round that the journal holds up ages; in lock-step nothing waits.</summary>
    [Fact]
    public async Task A_round_that_is_decided_later_waited_longer()
    {
        var backlog = New();
        await backlog.Add(Drain(1, slot: 10) with { Opportunities = [Chance(1)] }, default);
        var round = await backlog.Next(TestContext.Current.CancellationToken);

        Assert.Equal(12, DecidableBatch.At(round!, new Slot(22)).Opportunities[0].Waited!.Value.Slots);
        Assert.Same(round, DecidableBatch.At(round!, new Slot(10)));
        var inLockStep = Drain(1, slot: 10) with { Opportunities = [Chance(1)] };
        Assert.Same(inLockStep, DecidableBatch.At(inLockStep, new Slot(22)));
    }

    /// <summary>Fills the backlog to its bound before anything is decided; the drains that were decided upon.</summary>
    private static async Task<long> Decided(DecisionBacklog backlog, Func<OpportunityBatch, ValueTask> add)
    {
        var cancellation = TestContext.Current.CancellationToken;
        for (var i = 0; i < DecisionBacklog.DrainsMax; i++) await add(Drain((ulong)i));
        var rest = AddRest();
        var (decided, last) = (0L, 0UL);
        while (await backlog.Next(cancellation) is { } round)
        {
            decided += round.Counts.Evaluated;
            Assert.True(round.Cursor.Position >= last, "the rounds went back");
            last = round.Cursor.Position;
        }
        await rest;
        return decided;

        async Task AddRest()
        {
            for (var i = DecisionBacklog.DrainsMax; i < Drains; i++) await add(Drain((ulong)i));
            backlog.Complete();
        }
    }

    private static DecisionBacklog New() => new(Options.Create(new FeedPumpOptions()));

    private static long Count(DecisionBacklog backlog, string place) =>
        backlog.Limits().Single(limit => limit.Name == place).Count;

    private static Opportunity Chance(int number, int? cycle = null, long profit = 1) =>
        Chances.Of(1) with
        {
            Id = new OpportunityId(Digest.Of(BitConverter.GetBytes(number))),
            Cycle = Digest.Of(BitConverter.GetBytes(cycle ?? number)),
            GrossProfit = new Lamports(profit),
        };

    private static OpportunityBatch Drain(ulong position, ulong slot = 0) => new()
    {
        Cursor = new FeedCursor(position, new Slot(slot), 0),
        Opportunities = [],
        Counts = new DrainCounts(Evaluated: 1, 0, 0, 0, 0),
    };
}
