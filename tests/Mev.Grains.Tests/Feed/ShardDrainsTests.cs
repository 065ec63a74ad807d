using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Fixtures;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Feed;
using Mev.Grains.Shards;

namespace Mev.Grains.Tests.Feed;

public sealed class ShardDrainsTests
{
    private static readonly FeedCursor Before = new(4, new Slot(10), 40);
    private static readonly FeedCursor Meanwhile = new(5, new Slot(11), 50);

    /// <summary>A shard copies newest states: a batch that is being taken while it drains may be among them.</summary>
    [Fact]
    public async Task A_drain_covers_the_batch_that_was_begun_while_it_went_on()
    {
        ShardDrains? drains = null;
        var shard = Fakes.Of<IMarketShardGrain>((_, arguments) =>
        {
            Assert.Equal(Before, arguments[0]);
            drains!.Begin(Meanwhile);
            return Fakes.Awaited(new OpportunityBatch
            {
                Cursor = Before,
                Opportunities = [Chances.Of(1)],
                Counts = new DrainCounts(1, 1, 1, 1, 0),
            });
        });
        drains = new ShardDrains(
            new MarketShards { All = [(null!, null!)] }, new FeedProgress(), Fakes.Of<IGrainFactory>((_, _) => shard));
        drains.Begin(Before);
        drains.End(Before, default);

        var found = await drains.Drain();

        Assert.Equal(Meanwhile, found!.Cursor);
    }
}
