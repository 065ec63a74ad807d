using Mev.Domain.Chain;

namespace Mev.Journal.Audit;

/// <summary>
/// Content-addressed bytes beside the audit topic: what a record names by hash (account data, posteriors, policies,
/// parameters) is appended before it, once.
/// </summary>
public sealed class Blobs(IPartitionedLog log, IJournalIndex index, TimeProvider time)
{
    private static readonly LogPartition Partition = new(LogTopics.Blobs, 0);

    /// <summary>
    /// Those of the bytes that the journal does not hold yet, to be appended with the record that names them; null when
    /// it holds them all.
    /// </summary>
    public LogAppend? Missing(IEnumerable<(Digest Hash, ReadOnlyMemory<byte> Data)> blobs)
    {
        var recordedNs = time.UnixNs();
        List<LogEntry> missing =
        [
            .. blobs.Where(blob => index.FindBlob(blob.Hash) is null).DistinctBy(blob => blob.Hash)
                .Select(blob => new LogEntry(RecordType.Unknown, recordedNs, blob.Hash, blob.Data)),
        ];
        return missing.Count == 0 ? null : new LogAppend(Partition, missing);
    }

    /// <summary>
    /// The bytes of a hash; null when the journal does not hold them, or they no longer have that hash.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>?> Read(Digest hash, CancellationToken cancellationToken = default)
    {
        if (index.FindBlob(hash) is not { } position) return null;
        var records = await log.Read(position.Partition, position.Offset, 1, cancellationToken);
        return records.Count == 1 && Digest.Of(records[0].Entry.Bytes.Span) == hash
            ? records[0].Entry.Bytes
            : default(ReadOnlyMemory<byte>?); // a plain null would be an empty memory
    }
}
