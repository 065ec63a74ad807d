using Mev.Domain.Chain;

namespace Mev.Control.Audits;

/// <summary>A record of the journal by the hash of its bytes.</summary>
/// <param name="Seq">Where it stands.</param>
/// <param name="Leaf">The leaf hash that is kept beside it.</param>
/// <param name="Hash">The leaf that its bytes make.</param>
internal readonly record struct HashedRecord(long Seq, Digest Leaf, Digest Hash);
