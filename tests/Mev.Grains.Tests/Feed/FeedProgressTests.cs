using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Opportunities;
using Mev.Grains.Feed;

namespace Mev.Grains.Tests.Feed;

public sealed class FeedProgressTests
{
    [Fact]
    public void The_newest_listed_opportunities_are_kept_and_those_that_give_way_are_counted()
    {
        var progress = new FeedProgress();

        progress.List(Enumerable.Range(0, FeedProgress.ListedMax).Select(Listed));
        Assert.Equal(0, progress.ListedForgotten);
        progress.List([Listed(100), Listed(101)]);

        Assert.Equal(2, progress.ListedForgotten);
        Assert.Equal(
            [.. Enumerable.Range(2, FeedProgress.ListedMax - 2), 100, 101],
            progress.Listed.Select(opportunity => opportunity.Shard));
    }

    private static Opportunity Listed(int number) => new()
    {
        Id = new OpportunityId(Digest.Of([(byte)number])),
        Cycle = default,
        Hops = [],
        BaseMint = default,
        GrossProfit = default,
        ProfitBound = default,
        Certificate = SizingCertificate.Unknown,
        Clock = default,
        Accounts = default,
        Shard = number,
        ReceivedNs = 0,
        EvaluatedNs = 0,
        Slot = default,
    };
}
