using System.Runtime.CompilerServices;

namespace Mev.Journal;

/// <summary>Reads a partition page by page.</summary>
public static class PartitionReading
{
    private const int PageRecords = 4_096;

    /// <summary>The records from an offset on, in order, up to what is durable when the last page is read.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public static async IAsyncEnumerable<LogRecord> ReadAll(
        this IPartitionedLog log, LogPartition partition, long fromOffset,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await log.Read(partition, fromOffset, PageRecords, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var record in page) yield return record;
            fromOffset = page[^1].Offset + 1;
        }
    }
}
