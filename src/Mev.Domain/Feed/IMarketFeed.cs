namespace Mev.Domain.Feed;

/// <summary>A source of account writes: a recording, the generator, a chain.</summary>
public interface IMarketFeed
{
    /// <summary>
    /// What it is, for people: "recording whirlpool-replay.jsonl.gz", "generator seed 7, 1000 pools".
    /// </summary>
    string Description { get; }

    /// <summary>Batches in the whole feed; null when it has no end.</summary>
    ulong? BatchesTotal { get; }

    /// <summary>
    /// Every batch ends with a complete transaction; false for live streams, whose reads cut anywhere.
    /// </summary>
    bool HasWholeTransactions => true;

    /// <summary>
    /// Reads the feed from its beginning: startup values first, then what happened. A repeatable feed yields the same
    /// batches every time; a live one tells what happens while it gets the startup values before them, and after a gap
    /// tells them again.
    /// </summary>
    /// <exception cref="FeedException">
    /// The source is missing, truncated or not of its format; the message says where.
    /// </exception>
    IAsyncEnumerable<FeedBatch> Read(CancellationToken cancellationToken = default);
}
