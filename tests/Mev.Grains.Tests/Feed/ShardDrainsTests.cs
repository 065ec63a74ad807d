using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Fixtures;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Feed;
using Mev.Grains.Shards;
using Mev.Grains.Tests.Shards;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Grains.Tests.Feed;

public sealed class ShardDrainsTests
{
    private static readonly FeedCursor Before = new(4, new Slot(10), 40);
    private static readonly FeedCursor Meanwhile = new(5, new Slot(11), 50);

    private readonly FakeTimeProvider _time = new();
    private readonly FeedProgress _progress = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A shard copies newest states: a batch that is being taken while it drains may be among them.</summary>
    [Fact]
    public async Task A_drain_covers_the_batch_that_was_begun_while_it_went_on()
    {
        ShardDrains? drains = null;
        var shard = Fakes.Of<IMarketShardGrain>((_, arguments) =>
        {
            Assert.Equal(Before, arguments[1]);
            drains!.Begin(Meanwhile);
            return Fakes.Awaited(Found);
        });
        drains = Over(shard);
        drains.Begin(Before);
        drains.End(Before, default);

        var found = await drains.Drain(Cancellation);

        Assert.Equal(Meanwhile, found!.Cursor);
    }

    [Fact]
    public async Task A_shard_that_does_not_answer_in_time_is_asked_for_the_same_drain_again_and_counted()
    {
        var asked = new List<object?>();
        var drains = Over(Fakes.Of<IMarketShardGrain>((_, arguments) =>
        {
            asked.Add(arguments[0]);
            return asked.Count is 1 or 2 ? Late : Fakes.Awaited(Found);
        }));

        var found = await Advanced(drains.Drain(Cancellation));

        Assert.Equal(Found.Opportunities, found!.Opportunities);
        Assert.Equal([Owners.Alone.FirstDrain + 1, asked[0], asked[0]], asked);
        Assert.Equal(2, drains.Late);
        Assert.Contains("market shard 0 does not answer", _progress.Current.Trouble, StringComparison.Ordinal);
        await Advanced(drains.Drain(Cancellation));
        Assert.Equal(Owners.Alone.FirstDrain + 2, asked[^1]);
    }

    [Fact]
    public async Task A_shard_that_never_answers_is_asked_a_bounded_number_of_times()
    {
        var attempts = 0;
        var drains = Over(Fakes.Of<IMarketShardGrain>((_, _) =>
        {
            attempts++;
            return Late;
        }));

        await Assert.ThrowsAsync<TimeoutException>(() => Advanced(drains.Drain(Cancellation)));

        Assert.Equal(ShardDrains.AttemptsMax, attempts);
    }

    private static OpportunityBatch Found { get; } = new()
    {
        Cursor = Before,
        Opportunities = [Chances.Of(1)],
        Counts = new DrainCounts(1, 1, 1, 1, 0),
    };

    private static object Late => Fakes.Failed<OpportunityBatch>(new TimeoutException("no answer"));

    private ShardDrains Over(IMarketShardGrain shard) => new(
        new MarketShards { All = [(null!, null!)] }, Owners.Alone, _progress,
        Fakes.Of<IGrainFactory>((_, _) => shard), _time, NullLogger<ShardDrains>.Instance);

    private async Task<T> Advanced<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Yield();
        }
        return await work;
    }
}
