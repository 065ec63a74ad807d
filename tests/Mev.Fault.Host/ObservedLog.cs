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

    private readonly ObservedFile _file = new(Path.Combine(options.Value.Folder, File));

    public bool IsAvailable => inner.IsAvailable;

    public TimeSpan Lag => inner.Lag;

    public ValueTask<long> Append(
        LogPartition partition,
        IReadOnlyList<LogEntry> entries,
        bool isFollowed = false,
        CancellationToken cancellationToken = default)
    {
        kill.At(KillMoment.AppendCalled);
        var append = inner.Append(partition, entries, isFollowed, cancellationToken);
        kill.At(KillMoment.AppendQueued);
        return Acknowledge(append, partition, entries);
    }

    public ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        inner.Read(partition, fromOffset, recordsMax, cancellationToken);

    public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
        inner.End(partition, cancellationToken);

    public void Dispose() => _file.Dispose();

    private async ValueTask<long> Acknowledge(
        ValueTask<long> append, LogPartition partition, IReadOnlyList<LogEntry> entries)
    {
        var first = await append;
        for (var i = 0; i < entries.Count; i++)
        {
            _file.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{partition.Topic} {partition.Partition} {first + i} {LeafHash.Of(entries[i].Bytes.Span)}"));
        }
        kill.At(KillMoment.AppendAcknowledged);
        if (options.Value.AcknowledgementDelay is var delay && delay > TimeSpan.Zero)
            await Task.Delay(delay, time, CancellationToken.None);
        return first;
    }
}
