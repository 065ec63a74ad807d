using Mev.Adapters.Paper;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Feed;

/// <summary>The paper market as a feed: without submissions it tells what its inner feed tells.</summary>
public sealed class PaperMarketContractTests : MarketFeedContract
{
    [Fact]
    public async Task Without_submissions_it_is_its_inner_feed()
    {
        var inner = await KeptBatch.All(Inner());
        var paper = await KeptBatch.All(NewFeed());
        Assert.Equal(inner.Select(batch => batch.Cursor), paper.Select(batch => batch.Cursor));
        Assert.Equal(inner.SelectMany(batch => batch.Writes), paper.SelectMany(batch => batch.Writes));
    }

    protected override IMarketFeed NewFeed() =>
        new PaperMarket(Inner(), PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);

    private static GeneratedFeed Inner() =>
        new(new GeneratedFeedOptions { Pools = 20, Mints = 8, Transactions = 60 }, TimeProvider.System);
}
