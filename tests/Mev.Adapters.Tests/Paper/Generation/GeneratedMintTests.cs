using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper.Generation;

/// <summary>The generated market is of a time in which a Whirlpool needs its mints: the feed brings them.</summary>
public sealed class GeneratedMintTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3_000, 2_500)]
    public async Task Every_pool_is_quotable_through_the_assembler(int further, int feeMints)
    {
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        var feed = new GeneratedFeed(
            new GeneratedFeedOptions
            {
                Pools = 200,
                Transactions = 2_000,
                FurtherShareBasisPoints = further,
                Token2022ShareBasisPoints = feeMints,
            },
            TimeProvider.System);
        await foreach (var batch in feed.Read(TestContext.Current.CancellationToken))
        {
            assembler.Take(batch);
            assembler.CloseTransaction();
        }
        Assert.Contains(assembler.Pools, pool => pool.Protocol == Protocol.Whirlpool);
        var pools = assembler.Pools.Select(pool => pool.Copy()).ToList();
        Assert.Equal(further > 0 ? 8 : 3, pools.DistinctBy(pool => pool.Protocol).Count());
        Assert.Equal(feeMints > 0, pools.Exists(pool => pool.Accounts.ToArray().Any(IsFeeMint)));
        Assert.All(pools, pool => Assert.Equal(PoolDefect.None, pool.Defect));
    }

    private static bool IsFeeMint(PoolAccount account) => account.Owner == Programs.Token2022
        && account.Data.Length > 165 && account.Data[165] == 1; // a mint with extensions
}
