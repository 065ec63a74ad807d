using System.Globalization;
using System.Text;
using Mev.Domain.Chain;

namespace Mev.Journal.Appender;

/// <summary>Four callers, each with a partition of its own and one that all share.</summary>
internal sealed class Appender(IPartitionedLog log, string run)
{
    private const int Callers = 4;
    private readonly TextWriter _output = TextWriter.Synchronized(
        new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

    public Task Run() => Task.WhenAll(Enumerable.Range(1, Callers).Select(Append));

    // A line for each acknowledged append: topic, partition, offset of the first, records, text of the first.
    private async Task Append(int caller)
    {
        for (var number = 0; ; number++)
        {
            var partition = number % 3 == 0 ? new LogPartition(LogTopics.Blobs, 0) : new(LogTopics.Audit, caller);
            if (number % 5 == 0) partition = new LogPartition(LogTopics.Audit, 0);
            var text = string.Create(CultureInfo.InvariantCulture, $"{run}.{caller}.{number}");
            var entries = Enumerable.Range(0, 1 + number % 4).Select(i => Entry($"{text}.{i}")).ToArray();
            var offset = await log.Append(partition, entries);
            await _output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{partition.Topic} {partition.Partition} {offset} {entries.Length} {text}"));
        }
    }

    private static LogEntry Entry(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.PadRight(200));
        return new LogEntry(RecordType.Skip, 1, Digest.Of(bytes), bytes);
    }
}
