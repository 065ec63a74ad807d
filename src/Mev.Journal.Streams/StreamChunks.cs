namespace Mev.Journal.Streams;

/// <summary>Chunks of a partition in memory; the one that came first goes for a new one.</summary>
internal sealed class StreamChunks(int chunksMax)
{
    private readonly Queue<StreamChunk> _chunks = new();

    public bool IsFull => _chunks.Count == chunksMax;

    /// <summary>The one that goes next; null when there is none.</summary>
    public StreamChunk? Oldest => _chunks.TryPeek(out var oldest) ? oldest : null;

    public void Add(StreamChunk chunk)
    {
        if (IsFull) _chunks.Dequeue();
        _chunks.Enqueue(chunk);
    }

    /// <summary>The chunk with an offset, where it is here.</summary>
    public StreamChunk? With(long offset) => _chunks.FirstOrDefault(chunk => chunk.Has(offset));
}
