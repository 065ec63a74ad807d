namespace Mev.Journal;

/// <summary>One ordered sequence of records: a topic's partition. Offsets in it are contiguous from 0.</summary>
public readonly record struct LogPartition(string Topic, int Partition)
{
    /// <summary>The highest number: the decision store has 16 bits for it.</summary>
    public const int PartitionMax = ushort.MaxValue;

    /// <summary>Refuses what no log has.</summary>
    /// <exception cref="ArgumentException">No topic.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number below 0 or above <see cref="PartitionMax"/>.</exception>
    public void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Topic);
        ArgumentOutOfRangeException.ThrowIfNegative(Partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Partition, PartitionMax);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Topic}/{Partition}";
}
