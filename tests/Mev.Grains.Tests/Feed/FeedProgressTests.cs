using Mev.Grains.Feed;

namespace Mev.Grains.Tests.Feed;

public sealed class FeedProgressTests
{
    [Fact]
    public void The_newest_listed_opportunities_are_kept_and_those_that_give_way_are_counted()
    {
        var progress = new FeedProgress();

        progress.List(Enumerable.Range(0, FeedProgress.ListedMax).Select(i => Chances.Of(i) with { Shard = i }));
        Assert.Equal(0, progress.ListedForgotten);
        progress.List([Chances.Of(100) with { Shard = 100 }, Chances.Of(101) with { Shard = 101 }]);

        Assert.Equal(2, progress.ListedForgotten);
        Assert.Equal(
            [.. Enumerable.Range(2, FeedProgress.ListedMax - 2), 100, 101],
            progress.Listed.Select(opportunity => opportunity.Shard));
    }
}
