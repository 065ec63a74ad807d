using System.Buffers;
using System.Security.Cryptography;
using Mev.Contracts.V1;

namespace Mev.Journal.Audit;

/// <summary>
/// The one writer of this process to the audit topic, whatever grains append through it. It numbers the records of a
/// partition without a hole, opens each partition with a record of the code behind it and, at a clean stop, closes it
/// with another. After a failed append, whose numbers may be missing, it goes on as a new writer. While the
/// <see cref="AuditGate"/> is closed it appends nothing.
/// </summary>
public sealed class AuditWriter(IPartitionedLog log, CodeIdentity code, TimeProvider time, AuditGate gate)
{
    /// <summary>Commands and policy changes, whatever the strategy.</summary>
    public const int ControlPartition = 0;

    private const int WriterIdBytes = 16;
    private const int HeaderBytesMax = 64; // the four fields in front of a body

    private readonly Lock _gate = new();
    private readonly Dictionary<int, ulong> _sequences = [];
    private byte[] _writerId = NewId();

    /// <summary>
    /// Appends the entries together and returns the offset of the first once all are durable. Appends are numbered and
    /// handed to the log in the order of the calls.
    /// </summary>
    /// <exception cref="JournalUnavailableException">
    /// They may not be durable: nothing that depends on them may happen.
    /// </exception>
    public async ValueTask<long> Append(
        int partition,
        IReadOnlyList<AuditEntry> entries,
        LogAppend? named = null,
        CancellationToken cancellationToken = default)
    {
        gate.Pass();
        ValueTask<long> appended;
        byte[] writer;
        byte[] bytes;
        bool isFirst;
        lock (_gate) // numbering and queueing together, so writer_seq rises in the log's order
        {
            writer = _writerId;
            isFirst = !_sequences.TryGetValue(partition, out var sequence);
            if (isFirst) entries = [code.Opened(), .. entries];
            _sequences[partition] = sequence + (ulong)entries.Count;
            var numbered = Number(partition, entries, sequence, out bytes);
            appended = log.Append(new LogPartition(LogTopics.Audit, partition), numbered, named, cancellationToken);
        }
        try
        {
            var first = await appended;
            ArrayPool<byte>.Shared.Return(bytes); // only now: after a failure the log may still be reading
            return isFirst ? first + 1 : first;
        }
        catch (Exception failure) when (
            failure is JournalUnavailableException or OperationCanceledException or ArgumentException)
        {
            BeginAnew(writer);
            throw;
        }
    }

    /// <summary>Opens a partition that this writer has not appended to yet.</summary>
    /// <exception cref="JournalUnavailableException">It may not be open.</exception>
    public async ValueTask Open(int partition, CancellationToken cancellationToken = default) =>
        await Append(partition, [], cancellationToken: cancellationToken);

    /// <summary>Closes every partition that it opened. What is appended later is of a new writer.</summary>
    /// <exception cref="JournalUnavailableException">Not all may be closed.</exception>
    public async Task Close(CancellationToken cancellationToken = default)
    {
        var (writer, closed) = (_writerId, new List<Task>());
        foreach (var partition in Opened())
            closed.Add(Append(partition, [CodeIdentity.Closed()], cancellationToken: cancellationToken).AsTask());
        await Task.WhenAll(closed);
        BeginAnew(writer);
    }

    private int[] Opened()
    {
        lock (_gate) return [.. _sequences.Keys];
    }

    private static byte[] NewId() => RandomNumberGenerator.GetBytes(WriterIdBytes);

    private void BeginAnew(byte[] failed)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_writerId, failed)) return;
            _writerId = NewId();
            _sequences.Clear();
        }
    }

    /// <summary>The records' exact bytes, one after the other in a rented array.</summary>
    private List<LogEntry> Number(
        int partition, IReadOnlyList<AuditEntry> entries, ulong sequence, out byte[] bytes)
    {
        var recordedNs = time.UnixNs();
        var length = 0;
        for (var i = 0; i < entries.Count; i++) length += HeaderBytesMax + entries[i].Body.Length;
        bytes = ArrayPool<byte>.Shared.Rent(length);
        var numbered = new List<LogEntry>(entries.Count);
        var used = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var record = new ProtoWriter(bytes.AsSpan(used));
            record.Bytes(AuditRecord.WriterIdFieldNumber, _writerId);
            record.Unsigned(AuditRecord.WriterSeqFieldNumber, sequence + (ulong)i);
            record.Unsigned(AuditRecord.PartitionFieldNumber, (ulong)partition);
            record.Signed(AuditRecord.RecordedNsFieldNumber, recordedNs);
            entry.Body.Span.CopyTo(bytes.AsSpan(used + record.Length));
            var end = record.Length + entry.Body.Length;
            numbered.Add(new LogEntry(entry.Type, recordedNs, entry.Key, bytes.AsMemory(used, end))
            {
                DecisionId = entry.DecisionId,
            });
            used += end;
        }
        return numbered;
    }
}
