using System.Collections.Immutable;
using Mev.Control.Checkpoints;
using Mev.Domain.Chain;
using Mev.Gateway.Wire;
using Mev.Journal;
using SignedTree = Mev.Control.Checkpoints.Checkpoint;

namespace Mev.Gateway.Audits;

/// <summary>Reads trees and checkpoints; nothing is proven for a size that is under no checkpoint.</summary>
internal sealed class AuditReader(AuditTrees trees, CosignatureDesk cosignatures, IPartitionedLog log)
{
    /// <summary>Leaf hashes of a page at most.</summary>
    public const int LeavesMax = 4_096;

    private const int RecordBytesMax = 4 << 20; // of a page of records

    /// <summary>This host signs; otherwise there is nothing to read.</summary>
    public bool IsSigning => trees.Key is not null && trees.Partitions.Count > 0;

    /// <summary>Its partitions, from 0.</summary>
    public int Partitions => trees.Partitions.Count;

    /// <summary>The log; null where this host signs nothing.</summary>
    public AuditBodies.Log? Describe() => trees.Key is not { } key || trees.Partitions.Count == 0
        ? null
        : new AuditBodies.Log(
            $"{key}",
            [
                .. trees.Partitions.Select(each =>
                    new AuditBodies.Partition(each.Partition, $"{each.Key}", each.SignedSize, each.Alarm)),
            ]);

    /// <summary>A partition; null when there is none of that number.</summary>
    public PartitionCheckpoints? Find(int partition) =>
        trees.Partitions.FirstOrDefault(each => each.Partition == partition);

    /// <summary>The newest checkpoint, or the first that covers so many records; null where there is none.</summary>
    public AuditBodies.Checkpoint? Checkpoint(PartitionCheckpoints partition, long? size)
    {
        var note = size is { } covered ? partition.Covering(covered) : partition.Latest;
        return note is not null && SignedTree.Parse(note.Text) is { } checkpoint
            ? new AuditBodies.Checkpoint(
                partition.Partition, checkpoint.Size, checkpoint.Root, $"{note}", cosignatures.Of(partition.Partition))
            : null;
    }

    /// <summary>Checkpoints from the first that covers so many records on.</summary>
    public static AuditBodies.Checkpoints Checkpoints(PartitionCheckpoints partition, long from, int limit)
    {
        var notes = partition.Checkpoints(from, limit);
        var last = notes.Count > 0 ? SignedTree.Parse(notes[^1].Text)?.Size : null;
        return new AuditBodies.Checkpoints(
            partition.Partition, [.. notes.Select(note => $"{note}")], last < partition.SignedSize ? last + 1 : null);
    }

    /// <summary>That a record under a checkpoint is in the tree of such a size.</summary>
    public static AuditBodies.Inclusion Inclusion(PartitionCheckpoints partition, long seq, long size)
    {
        var leaf = new Digest[1];
        if (partition.Tree.Read(seq, leaf) != 1) throw new IOException($"the audit tree has no leaf {seq}");
        var note = partition.Covering(size);
        var isOfSize = note is not null && SignedTree.Parse(note.Text)?.Size == size;
        return new AuditBodies.Inclusion(
            partition.Partition, seq, size, leaf[0], partition.Tree.Root(size), partition.Tree.Inclusion(seq, size),
            isOfSize ? $"{note}" : null);
    }

    /// <summary>The same against the newest checkpoint; null while the record is under none.</summary>
    public AuditBodies.Inclusion? Inclusion(LogPosition position) =>
        Find(position.Partition.Partition) is { } partition
        && partition.SignedSize is var size && position.Offset < size
            ? Inclusion(partition, position.Offset, size)
            : null;

    /// <summary>That one signed size is the beginning of another.</summary>
    public static AuditBodies.Consistency Consistency(PartitionCheckpoints partition, long from, long to) => new(
        partition.Partition, from, to, partition.Tree.Root(from), partition.Tree.Root(to),
        partition.Tree.Consistency(from, to));

    /// <summary>Leaf hashes of the tree, as far as it is signed.</summary>
    public static AuditBodies.Leaves Leaves(PartitionCheckpoints partition, long from, int limit)
    {
        var size = partition.SignedSize;
        var leaves = new Digest[Math.Clamp(size - from, 0, limit)];
        var read = partition.Tree.Read(from, leaves);
        long? next = from + read < size ? from + read : null;
        return new AuditBodies.Leaves(partition.Partition, from, [.. leaves.AsSpan(0, read)], next);
    }

    /// <summary>Records of the journal, signed or not.</summary>
    public async Task<AuditBodies.Records> Records(
        int partition, long from, int limit, CancellationToken cancellationToken)
    {
        var of = new LogPartition(LogTopics.Audit, partition);
        var end = await log.End(of, cancellationToken);
        var (records, bytes) = (ImmutableArray.CreateBuilder<AuditBodies.Record>(), 0L);
        foreach (var record in await log.Read(of, from, limit, cancellationToken))
        {
            records.Add(Body(partition, record));
            if ((bytes += record.Entry.Bytes.Length) > RecordBytesMax) break;
        }
        long? next = records.Count > 0 && records[^1].Seq + 1 < end ? records[^1].Seq + 1 : null;
        return new AuditBodies.Records(partition, records.ToImmutable(), next);
    }

    /// <summary>One record; null when the journal has none there.</summary>
    public async Task<AuditBodies.Record?> Record(int partition, long seq, CancellationToken cancellationToken)
    {
        var records = await log.Read(new LogPartition(LogTopics.Audit, partition), seq, 1, cancellationToken);
        return records.Count == 1 && records[0].Offset == seq ? Body(partition, records[0]) : null;
    }

    private static AuditBodies.Record Body(int partition, LogRecord record) => new(
        partition, record.Offset, record.Entry.Type, Moments.Iso(record.Entry.RecordedNs), record.LeafHash,
        record.Entry.Bytes);
}
