using System.Diagnostics;
using Mev.Adapters.Paper;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper.Generation;

/// <summary>Measures this machine: <c>make soak</c>, or <c>--explicit only --filter-class "*SpeedTests"</c>.</summary>
[Collection(MeasuredCollection.Name)]
public sealed class GeneratedMarketSpeedTests
{
    [Fact(Explicit = true)]
    public async Task Rates_are_measured()
    {
        foreach (var (pools, whirlpools) in new[] { (200, 0), (200, 3_000), (10_000, 0), (10_000, 3_000) })
        {
            var options = new GeneratedFeedOptions
            {
                Pools = pools,
                Mints = 3 * pools / 10,
                WhirlpoolShareBasisPoints = whirlpools,
                Transactions = 500_000,
            };
            foreach (var feed in new IMarketFeed[] { Generated.Feed(options), Market(options) })
            {
                var (count, start, bytes) = (0L, 0L, 0L);
                await foreach (var batch in feed.Read(TestContext.Current.CancellationToken))
                {
                    if (!batch.Events.Span[0].Write.IsStartup && start == 0)
                        (start, bytes) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
                    count++;
                }
                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                var garbage = (GC.GetTotalAllocatedBytes() - bytes) / (double)count;
                TestContext.Current.TestOutputHelper!.WriteLine(
                    $"{feed.Description}, {whirlpools} bp whirlpools: {count / seconds:N0} batches/s, "
                    + $"{garbage:N0} B each");
                Assert.True(count / seconds > 100_000);
            }
        }
    }

    private static PaperMarket Market(GeneratedFeedOptions options) =>
        new(Generated.Feed(options), PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
}
