using Mev.Domain.Chain;

namespace Mev.Journal.Stores.Rows;

/// <summary>A record of the audit topic: there is one row for each, whatever became of it.</summary>
/// <param name="Offset">Its place in the partition.</param>
/// <param name="Type">What it is.</param>
/// <param name="RecordedNs">When it was made, nanoseconds since 1970.</param>
/// <param name="Key">What it is found by: the opportunity id, or a hash.</param>
/// <param name="LeafHash">Its leaf in the Merkle tree.</param>
/// <param name="State">What the sink made of it.</param>
/// <param name="Bytes">Its exact bytes.</param>
public sealed record RecordRow(
    long Offset, RecordType Type, long RecordedNs, Digest Key, Digest LeafHash, RecordState State,
    ReadOnlyMemory<byte> Bytes);
