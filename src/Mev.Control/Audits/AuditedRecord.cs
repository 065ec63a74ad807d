using Mev.Domain.Chain;

namespace Mev.Control.Audits;

/// <summary>A record as the journal has it, nothing of it believed.</summary>
/// <param name="Seq">Where it stands.</param>
/// <param name="Leaf">The leaf hash that is kept beside it.</param>
/// <param name="Bytes">Its exact bytes.</param>
public sealed record AuditedRecord(long Seq, Digest Leaf, ReadOnlyMemory<byte> Bytes);
