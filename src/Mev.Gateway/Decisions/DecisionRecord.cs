using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Gateway.Decisions;

/// <summary>
/// A decision's record as the journal stores it, with the blobs that it names: all that a replay needs.
/// </summary>
internal sealed record DecisionRecord
{
    public required int Partition { get; init; }

    public required long Offset { get; init; }

    public required RecordType Type { get; init; }

    public required string RecordedAt { get; init; }

    public required Digest LeafHash { get; init; }

    /// <summary>The exact bytes, base64.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    public required ImmutableArray<NamedBlob> Blobs { get; init; }

    /// <summary>
    /// A blob with the hash that the record names; bytes (base64) unchecked, null when there are none.
    /// </summary>
    internal sealed record NamedBlob(Digest Hash, string What, ReadOnlyMemory<byte>? Bytes);
}
