using System.Security.Cryptography;
using Google.Protobuf;

namespace Mev.Journal.Audit;

/// <summary>
/// The one writer of this process to the audit topic, whatever grains append through it. It numbers the records of a
/// partition without a hole, serialises each once, and opens each partition with a record of the code behind it. After
/// a failed append, whose numbers may be missing, it goes on as a new writer.
/// </summary>
public sealed class AuditWriter(IPartitionedLog log, CodeIdentity code, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, ulong> _sequences = [];
    private ByteString _writerId = NewId();

    /// <summary>
    /// Appends the entries together and returns the offset of the first once all are durable. Appends are numbered and
    /// handed to the log in the order of the calls.
    /// </summary>
    /// <exception cref="JournalUnavailableException">
    /// They may not be durable: nothing that depends on them may happen.
    /// </exception>
    public async ValueTask<long> Append(
        int partition, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken = default)
    {
        ValueTask<long> appended;
        ByteString writer;
        bool isFirst;
        lock (_gate) // numbering and queueing together, so writer_seq rises in the log's order
        {
            writer = _writerId;
            isFirst = !_sequences.TryGetValue(partition, out var sequence);
            var recordedNs = time.UnixNs();
            var numbered = new List<LogEntry>(entries.Count + 1);
            if (isFirst) numbered.Add(Number(code.Opened(), partition, recordedNs, sequence++));
            foreach (var entry in entries) numbered.Add(Number(entry, partition, recordedNs, sequence++));
            _sequences[partition] = sequence;
            appended = log.Append(new LogPartition(LogTopics.Audit, partition), numbered, cancellationToken);
        }
        try
        {
            var first = await appended;
            return isFirst ? first + 1 : first;
        }
        catch (Exception failure) when (failure is JournalUnavailableException or OperationCanceledException)
        {
            BeginAnew(writer);
            throw;
        }
    }

    private static ByteString NewId() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));

    private void BeginAnew(ByteString failed)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_writerId, failed)) return;
            _writerId = NewId();
            _sequences.Clear();
        }
    }

    private LogEntry Number(in AuditEntry entry, int partition, long recordedNs, ulong sequence)
    {
        var record = entry.Record;
        record.WriterId = _writerId;
        record.WriterSeq = sequence;
        record.Partition = (uint)partition;
        record.RecordedNs = recordedNs;
        return new LogEntry(entry.Type, recordedNs, entry.Key, record.ToByteArray()) { DecisionId = entry.DecisionId };
    }

}
