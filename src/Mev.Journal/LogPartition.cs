namespace Mev.Journal;

/// <summary>One ordered sequence of records: a topic's partition. Offsets in it are contiguous from 0.</summary>
public readonly record struct LogPartition(string Topic, int Partition)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Topic}/{Partition}";
}
