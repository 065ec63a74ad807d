using System.Text;
using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Entries whose bytes are a text.</summary>
internal static class Records
{
    public static readonly LogPartition Audit = new(LogTopics.Audit, 1);

    public static LogEntry Of(string text, Guid? decision = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new LogEntry(RecordType.Skip, 1_763_856_000_000_000_000, Digest.Of(bytes), bytes)
        {
            DecisionId = decision,
        };
    }

    public static LogEntry[] Many(int count, string prefix = "r", int padding = 0)
        => [.. Enumerable.Range(0, count).Select(i => Of($"{prefix}{i}".PadRight(padding)))];

    public static string Text(this LogRecord record) => Encoding.UTF8.GetString(record.Entry.Bytes.Span).TrimEnd();

    public static async Task<List<LogRecord>> All(this IPartitionedLog log, LogPartition partition, int atATime = 1000)
    {
        var records = new List<LogRecord>();
        while (await log.Read(partition, records.Count, atATime) is { Count: > 0 } more) records.AddRange(more);
        return records;
    }
}
