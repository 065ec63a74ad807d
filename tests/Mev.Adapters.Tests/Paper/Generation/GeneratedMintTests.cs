using Mev.Adapters.Paper.Generation;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper.Generation;

/// <summary>The generated market is of a time in which a Whirlpool needs its mints: the feed brings them.</summary>
public sealed class GeneratedMintTests
{
    [Fact]
    public async Task Every_pool_is_quotable_through_the_assembler()
    {
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        var feed = new GeneratedFeed(new GeneratedFeedOptions { Pools = 200, Transactions = 50 }, TimeProvider.System);
        await foreach (var batch in feed.Read(TestContext.Current.CancellationToken))
        {
            assembler.Take(batch);
            assembler.CloseTransaction();
        }
        Assert.Contains(assembler.Pools, pool => pool.Protocol == Protocol.Whirlpool);
        Assert.All(assembler.Pools, pool => Assert.Equal(PoolDefect.None, pool.Copy().Defect));
    }
}
