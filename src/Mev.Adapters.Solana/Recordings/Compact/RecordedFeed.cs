using System.Runtime.CompilerServices;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>
/// A feed that is recorded while it is read: every batch is taken before its reader sees it. Where the pump goes
/// in lock-step a batch is a drain, so the recording holds the drains' bounds and repeats the run.
/// </summary>
public sealed class RecordedFeed(IMarketFeed feed, string path) : IMarketFeed
{
    /// <inheritdoc/>
    public string Description => feed.Description;

    /// <inheritdoc/>
    public string Identity => feed.Identity;

    /// <inheritdoc/>
    public ulong? BatchesTotal => feed.BatchesTotal;

    /// <inheritdoc/>
    public long OrdersDropped => feed.OrdersDropped;

    /// <inheritdoc/>
    public bool HasWholeTransactions => feed.HasWholeTransactions;

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var recording = new CompactRecordingWriter(path, feed.Description, feed.HasWholeTransactions);
        try
        {
            await foreach (var batch in feed.Read(cancellationToken))
            {
                recording.Add(batch);
                yield return batch;
            }
        }
        finally
        {
            recording.Close(); // also when the reader stops in the middle: what was read is whole
        }
    }
}
