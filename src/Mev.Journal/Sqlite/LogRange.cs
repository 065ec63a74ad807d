namespace Mev.Journal.Sqlite;

/// <summary>What one read asks for.</summary>
internal readonly record struct LogRange(
    LogExtent Extent, LogPartition Partition, long FromOffset, long RecordsMax, long BytesMax);
