namespace Mev.Journal.Streams;

/// <summary>What was read of a partition at once, by stream.</summary>
/// <param name="First">The offset that it begins at.</param>
/// <param name="Next">The offset behind its last record.</param>
/// <param name="Batches">What it has of each stream.</param>
internal sealed record StreamChunk(long First, long Next, IReadOnlyDictionary<StreamId, StreamBatch> Batches)
{
    public bool Has(long offset) => First <= offset && offset < Next;

    /// <summary>What it has of a stream from an offset on; null when it has nothing.</summary>
    public StreamBatch? Of(StreamId stream, long offset) => Batches.GetValueOrDefault(stream)?.From(offset);
}
