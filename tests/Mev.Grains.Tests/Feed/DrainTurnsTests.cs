using Mev.Domain.Feed;
using Mev.Grains.Feed;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Grains.Tests.Feed;

/// <summary>A conflating run that could not be repeated is not recorded, and it says what to do.</summary>
public sealed class DrainTurnsTests : IAsyncLifetime
{
    private readonly Engine _engine;
    private bool _isHeld;

    public DrainTurnsTests() => _engine = new Engine
    {
        Services = services => services.AddSingleton(new DrainTape(
            null, null, new OrderIntake(() => 0, () => _isHeld = true, () => 0))),
    };

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public void A_journal_with_decisions_is_refused_and_an_empty_one_holds_the_orders()
    {
        var turns = _engine.Service<DrainTurns>();
        var refusal = Assert.Throws<FeedException>(() => turns.Begin(decidedTo: 7));
        Assert.Contains("decisions up to batch 7: name a new Journal:Path", refusal.Message, StringComparison.Ordinal);
        Assert.False(_isHeld);
        turns.Begin(decidedTo: 0);
        Assert.True(_isHeld);
    }

    [Fact]
    public async Task Drains_of_another_number_of_shards_are_refused_by_name()
    {
        var drain = new DrainBounds
        {
            Cuts = [3, 2, 1],
            Clock = default,
            Reached = default,
            DecidedIn = default,
            Outcomes = 0,
            Ordered = 0,
        };
        var shown = new List<ulong>();
        var refusal = await Assert.ThrowsAsync<FeedException>(() => _engine.Service<ShardDrains>().Repeat(
            drain,
            cut =>
            {
                shown.Add(cut);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken));
        Assert.Contains("set Trading:Shards 3", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([1UL], shown); // the layout comes with the feed
    }
}
