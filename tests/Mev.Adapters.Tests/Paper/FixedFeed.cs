using System.Runtime.CompilerServices;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Paper;

/// <summary>Batches as given.</summary>
internal sealed class FixedFeed(IReadOnlyList<FeedBatch> batches) : IMarketFeed
{
    public string Description => "fixed";

    public ulong? BatchesTotal => (ulong)batches.Count;

    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var batch in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return batch;
        }
        await Task.CompletedTask;
    }
}
