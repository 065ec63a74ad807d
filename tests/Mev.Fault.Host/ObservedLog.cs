using System.Globalization;
using Mev.Journal;
using Microsoft.Extensions.Options;

namespace Mev.Fault.Host;

/// <summary>The journal, watched: every record that was acknowledged stands in a file of its own.</summary>
internal sealed class ObservedLog(
    IPartitionedLog inner, KillSwitch kill, IOptions<FaultOptions> options, TimeProvider time)
    : IPartitionedLog, IDisposable
{
    /// <summary>Name of the file: topic, partition, offset and leaf hash of each record.</summary>
    public const string File = "acknowledged.txt";

    /// <summary>In place of an offset that the journal does not tell.</summary>
    public const string Somewhere = "?";

    private readonly ObservedFile _file = new(Path.Combine(options.Value.Folder, File));

    public bool IsAvailable => inner.IsAvailable;

    public TimeSpan Lag => inner.Lag;

    public ValueTask<long> Append(
        LogPartition partition,
        IReadOnlyList<LogEntry> entries,
        LogAppend? named = null,
        CancellationToken cancellationToken = default)
    {
        kill.At(KillMoment.AppendCalled);
        var append = inner.Append(partition, entries, named, cancellationToken);
        kill.At(KillMoment.AppendQueued);
        return Acknowledge(append, partition, entries, named);
    }

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        inner.Read(partition, fromOffset, recordsMax, cancellationToken);

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
        inner.End(partition, cancellationToken);

    public void Dispose() => _file.Dispose();

    private async ValueTask<long> Acknowledge(
        ValueTask<long> append, LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named)
    {
        var first = await append;
        foreach (var entry in named?.Entries ?? []) Acknowledge(named!.Partition, Somewhere, entry);
        for (var i = 0; i < entries.Count; i++) Acknowledge(partition, $"{first + i}", entries[i]);
        kill.At(KillMoment.AppendAcknowledged);
        if (options.Value.AcknowledgementDelay is var delay && delay > TimeSpan.Zero)
            await Task.Delay(delay, time, CancellationToken.None);
        return first;
    }

    private void Acknowledge(LogPartition partition, string offset, LogEntry entry) => _file.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"{partition.Topic} {partition.Partition} {offset} {LeafHash.Of(entry.Bytes.Span)}"));
}
