using Mev.Domain.Chain;

namespace Mev.Journal;

/// <summary>A durable record.</summary>
/// <param name="Offset">Its place in the partition, 0 for the first.</param>
/// <param name="Entry">What was appended.</param>
/// <param name="LeafHash">SHA-256(0x00 || bytes), the record's leaf in the partition's Merkle tree.</param>
public sealed record LogRecord(long Offset, LogEntry Entry, Digest LeafHash);
