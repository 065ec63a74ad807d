namespace Mev.Journal.Sqlite;

/// <summary>Where a partition lies in the tables and how many records it has; the default has none.</summary>
/// <param name="Id">Number of the partition in <c>topic_log</c>, from 1; <see cref="Audit"/> for audit_log.</param>
/// <param name="Count">Records: the offset of the next.</param>
internal readonly record struct LogExtent(long Id, long Count)
{
    /// <summary>The id of every partition of the audit topic.</summary>
    public const long Audit = -1;

    /// <summary>Lower bits of a row number: the offset, up to 10^12; above them 8 million partitions.</summary>
    public const int OffsetBits = 40;

    public bool IsAudit => Id == Audit;

    public long Row(long offset) => (Id << OffsetBits) | offset;
}
