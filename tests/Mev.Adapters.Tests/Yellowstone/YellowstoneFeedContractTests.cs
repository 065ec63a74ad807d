using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Feed;
using Mev.Adapters.Tests.Simulator;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Yellowstone;

/// <summary>The first batches of a <see cref="YellowstoneFeed"/> on a chain that runs.</summary>
public sealed class YellowstoneFeedContractTests : MarketFeedContract, IAsyncLifetime
{
    private SimulatorRun _simulator = null!;

    protected override bool IsRepeatable => false;

    public async ValueTask InitializeAsync() => _simulator = await SimulatorRun.Start("Simulator:Speed=20");

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public void It_says_where_it_comes_from_and_that_its_reads_cut_anywhere()
    {
        var feed = _simulator.Feed(null, out _);
        Assert.Equal($"Yellowstone {_simulator.Yellowstone.Authority}", feed.Description);
        Assert.False(feed.HasWholeTransactions);
    }

    protected override IMarketFeed NewFeed() => new FirstPart(_simulator.Feed(null, out _));

    /// <summary>Ends some batches after the startup values.</summary>
    private sealed class FirstPart(YellowstoneFeed feed) : IMarketFeed
    {
        private const int BatchesAfter = 20;

        public string Description => feed.Description;

        public ulong? BatchesTotal => feed.BatchesTotal;

        public bool HasWholeTransactions => feed.HasWholeTransactions;

        public async IAsyncEnumerable<FeedBatch> Read(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var left = int.MaxValue;
            await foreach (var batch in feed.Read(cancellationToken))
            {
                if (IsComplete(batch)) left = BatchesAfter;
                yield return batch;
                if (--left == 0) yield break;
            }
        }

        private static bool IsComplete(in FeedBatch batch) =>
            batch.Events.ToArray().Any(e => e.Kind == FeedEventKind.SnapshotComplete);
    }
}
