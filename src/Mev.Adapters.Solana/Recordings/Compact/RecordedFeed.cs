using System.Runtime.CompilerServices;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>
/// A feed that is recorded while it is read: every batch is taken before its reader sees it. Where the pump goes
/// in lock-step a batch is a drain; of a pump that conflates the recording holds the drains too, and its end is there
/// when both have ended. Either way it repeats the run.
/// </summary>
/// <param name="feed">What is recorded.</param>
/// <param name="path">The new file.</param>
/// <param name="holdsDrains">Drains are noted, and the last one comes after the feed's end.</param>
public sealed class RecordedFeed(IMarketFeed feed, string path, bool holdsDrains = false)
    : IMarketFeed, IDisposable
{
    private readonly Lock _gate = new(); // the feed's thread and that of the drains
    private CompactRecordingWriter? _recording;

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
        lock (_gate)
            _recording = new CompactRecordingWriter(path, feed.Description, feed.HasWholeTransactions, holdsDrains);
        try
        {
            await foreach (var batch in feed.Read(cancellationToken))
            {
                lock (_gate) _recording.Add(batch);
                yield return batch;
            }
        }
        finally
        {
            if (!holdsDrains) Close(); // also when the reader stops in the middle: what was read is whole
        }
    }

    /// <summary>Takes a drain whose batches were read before; from any thread.</summary>
    /// <exception cref="FeedException">The recording cannot be written.</exception>
    public void Note(DrainBounds drain)
    {
        lock (_gate) _recording?.Add(drain);
    }

    /// <summary>No more drains, and no more of the feed: the recording ends.</summary>
    /// <exception cref="FeedException">The recording cannot be written.</exception>
    public void Close()
    {
        try
        {
            lock (_gate) _recording?.Close();
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Gives the file back; without <see cref="Close"/> before, the recording is one that was cut.</summary>
    public void Dispose()
    {
        lock (_gate) _recording?.Dispose();
    }
}
