namespace Mev.Journal;

/// <summary>The place of one record in the journal.</summary>
public readonly record struct LogPosition(LogPartition Partition, long Offset)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Partition}@{Offset}";
}
