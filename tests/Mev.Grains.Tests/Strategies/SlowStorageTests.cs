using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Strategies;

namespace Mev.Grains.Tests.Strategies;

/// <summary>No decision waits for a snapshot.</summary>
public sealed class SlowStorageTests
{
    [Fact]
    public async Task A_storage_that_is_away_delays_no_decision()
    {
        await using var engine = new Engine();
        await engine.InitializeAsync();
        var strategy = engine.Grains.GetGrain<IStrategyGrain>("arb-1");
        await strategy.Decide(Batch(1));
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, TestContext.Current.CancellationToken);
        var started = TimeProvider.System.GetTimestamp();

        using (engine.Lock("state.db"))
            for (var i = 2UL; i < 12; i++) Assert.True(await strategy.Decide(Batch(i)) >= (long)i);

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    private static OpportunityBatch Batch(ulong position) => new()
    {
        Cursor = new FeedCursor(position, default, 0),
        Opportunities = [Chances.Of((int)position)],
        Counts = default,
        Best = [],
    };
}
