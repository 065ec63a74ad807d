namespace Mev.Journal;

/// <summary>Entries for the end of one partition.</summary>
/// <param name="Partition">Where to.</param>
/// <param name="Entries">At least one.</param>
public sealed record LogAppend(LogPartition Partition, IReadOnlyList<LogEntry> Entries);
