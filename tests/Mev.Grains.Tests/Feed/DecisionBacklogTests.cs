using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Grains.Feed;

namespace Mev.Grains.Tests.Feed;

/// <summary>Invariant 9 at the backlog: full, it lets the drains wait and counts that; nothing is lost.</summary>
public sealed class DecisionBacklogTests
{
    private const int Drains = 2 * DecisionBacklog.DrainsMax;

    [Fact]
    public async Task A_full_backlog_lets_drains_wait_counts_them_and_loses_none()
    {
        var backlog = new DecisionBacklog();

        Assert.Equal(Drains, await Decided(backlog, drain => backlog.Add(drain, CancellationToken.None)));
        Assert.True(backlog.Waits > 0);
    }

    [Fact]
    public async Task A_backlog_that_drops_what_finds_no_place_breaks_it()
    {
        var backlog = new DecisionBacklog();
        var places = DecisionBacklog.DrainsMax;

        Assert.NotEqual(Drains, await Decided(backlog, Drop));

        ValueTask Drop(OpportunityBatch drain) => places-- > 0
            ? backlog.Add(drain, CancellationToken.None)
            : ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_several_drains_of_a_round_found_is_decided_once_and_counted()
    {
        var backlog = new DecisionBacklog();
        await backlog.Add(Drain(1) with { Opportunities = [Chances.Of(1), Chances.Of(2)] }, default);
        await backlog.Add(Drain(2) with { Opportunities = [Chances.Of(2)] }, default);
        await backlog.Add(Drain(3) with { Opportunities = [Chances.Of(2), Chances.Of(3)] }, default);

        var round = await backlog.Next(TestContext.Current.CancellationToken);

        Assert.Equal(3, round!.Opportunities.Length);
        Assert.Equal(2, backlog.FoundAgain);
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

    private static OpportunityBatch Drain(ulong position) => new()
    {
        Cursor = new FeedCursor(position, default, 0),
        Opportunities = [],
        Counts = new DrainCounts(Evaluated: 1, 0, 0, 0, 0),
    };
}
