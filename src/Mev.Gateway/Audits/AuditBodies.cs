using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Gateway.Audits;

/// <summary>The answers of <c>/v1/audit</c>. Hashes are hex, notes are those of C2SP, unchanged.</summary>
internal static class AuditBodies
{
    /// <summary>The log and its partitions.</summary>
    /// <param name="Key">What verifiers know the log by: name, id and key.</param>
    /// <param name="Partitions">In their order.</param>
    internal sealed record Log(string Key, ImmutableArray<Partition> Partitions);

    /// <summary>One partition.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Key">What verifiers know it by; the name is the origin of its checkpoints.</param>
    /// <param name="Size">Records under its newest checkpoint.</param>
    /// <param name="Alarm">Why nothing is signed any more; null while all is well.</param>
    internal sealed record Partition(
        [property: JsonPropertyName("partition")] int Number, string Key, long Size, string? Alarm);

    /// <summary>A signed checkpoint.</summary>
    /// <param name="Partition">The partition.</param>
    /// <param name="Size">Records under it.</param>
    /// <param name="Root">Root of their tree.</param>
    /// <param name="Note">The note with the log's signature.</param>
    /// <param name="Cosigned">The newest that each witness cosigned, in whole; not always of the same size.</param>
    internal sealed record Checkpoint(
        int Partition, long Size, Digest Root, string Note, ImmutableArray<Cosignature> Cosigned);

    /// <summary>What a witness cosigned last.</summary>
    /// <param name="Witness">What it is known by.</param>
    /// <param name="Size">Records under it.</param>
    /// <param name="Note">The note with both signatures.</param>
    internal sealed record Cosignature(string Witness, long Size, string Note);

    /// <summary>Checkpoints in order.</summary>
    /// <param name="Partition">The partition.</param>
    /// <param name="Notes">Each larger than the one before.</param>
    /// <param name="Next">What 'from' is on the next page; null at the end.</param>
    internal sealed record Checkpoints(int Partition, ImmutableArray<string> Notes, long? Next);

    /// <summary>That a record is in the tree of a size.</summary>
    /// <param name="Partition">The partition.</param>
    /// <param name="Seq">The record's place.</param>
    /// <param name="Size">Of the tree.</param>
    /// <param name="LeafHash">The record's leaf: SHA-256(0x00 || bytes).</param>
    /// <param name="Root">Root of the tree.</param>
    /// <param name="Proof">The siblings on the way up, bottom first.</param>
    /// <param name="Note">The checkpoint of exactly that size; null where there is none.</param>
    internal sealed record Inclusion(
        int Partition, long Seq, long Size, Digest LeafHash, Digest Root, ImmutableArray<Digest> Proof, string? Note);

    /// <summary>That the tree of one size is the beginning of another.</summary>
    /// <param name="Partition">The partition.</param>
    /// <param name="From">The smaller size.</param>
    /// <param name="To">The larger one.</param>
    /// <param name="FromRoot">Root of the smaller tree.</param>
    /// <param name="ToRoot">Root of the larger one.</param>
    /// <param name="Proof">Nodes, bottom first; empty where the two are one.</param>
    internal sealed record Consistency(
        int Partition, long From, long To, Digest FromRoot, Digest ToRoot, ImmutableArray<Digest> Proof);

    /// <summary>A record as the journal has it.</summary>
    /// <param name="Partition">The partition.</param>
    /// <param name="Seq">Its place.</param>
    /// <param name="Type">What it is.</param>
    /// <param name="RecordedAt">When it was made.</param>
    /// <param name="LeafHash">The leaf that the journal has beside it, unchecked.</param>
    /// <param name="Bytes">Its exact bytes, base64.</param>
    internal sealed record Record(
        int Partition, long Seq, RecordType Type, string RecordedAt, Digest LeafHash, ReadOnlyMemory<byte> Bytes);

    /// <summary>Records in order; what is missing in the journal is missing here.</summary>
    /// <param name="Partition">The partition.</param>
    /// <param name="Items">The records.</param>
    /// <param name="Next">What 'from' is on the next page; null at the end of the journal.</param>
    internal sealed record Records(
        int Partition, [property: JsonPropertyName("records")] ImmutableArray<Record> Items, long? Next);

    /// <summary>Leaf hashes of the tree in order.</summary>
    /// <param name="Partition">The partition.</param>
    /// <param name="From">Place of the first.</param>
    /// <param name="Hashes">One for each record under a checkpoint.</param>
    /// <param name="Next">What 'from' is on the next page; null at the end.</param>
    internal sealed record Leaves(
        int Partition, long From, [property: JsonPropertyName("leaves")] ImmutableArray<Digest> Hashes, long? Next);

    /// <summary>A command's receipt, with the checkpoint that its record is under by now.</summary>
    /// <param name="CommandId">The idempotency key.</param>
    /// <param name="Op">What it was.</param>
    /// <param name="Status">What it was answered; null while it is carried out.</param>
    /// <param name="AuditShard">Partition of the log.</param>
    /// <param name="Seq">Its record's place there.</param>
    /// <param name="LeafHash">Its record's leaf.</param>
    /// <param name="Inclusion">That the leaf is under a checkpoint; null while it is under none.</param>
    internal sealed record Receipt(
        [property: JsonPropertyName("command_id")] string CommandId,
        [property: JsonPropertyName("op")] string Op,
        [property: JsonPropertyName("status")] int? Status,
        [property: JsonPropertyName("audit_shard")] int AuditShard,
        [property: JsonPropertyName("seq")] long Seq,
        [property: JsonPropertyName("leaf_hash")] Digest LeafHash,
        [property: JsonPropertyName("inclusion")] Inclusion? Inclusion);
}
