using System.Text.Json.Serialization;

namespace Mev.Gateway.Commands;

/// <summary>What a command that was carried out is answered, for the document of this interface.</summary>
/// <param name="CommandId">The idempotency key.</param>
/// <param name="AuditShard">Partition of the log.</param>
/// <param name="Seq">Its record's place there.</param>
/// <param name="LeafHash">Its record's leaf in the partition's Merkle tree, hex.</param>
/// <param name="Op">What it was.</param>
internal sealed record CommandReceipt(
    [property: JsonPropertyName("command_id")] string CommandId,
    [property: JsonPropertyName("audit_shard")] int AuditShard,
    [property: JsonPropertyName("seq")] long Seq,
    [property: JsonPropertyName("leaf_hash")] string LeafHash,
    [property: JsonPropertyName("op")] string Op);
