using Mev.Domain.Chain;

namespace Mev.Journal;

/// <summary>A record to be appended. Its bytes were serialised once and are never serialised again.</summary>
/// <param name="Type">What it is.</param>
/// <param name="RecordedNs">When it was made, nanoseconds since 1970 by the host's clock.</param>
/// <param name="Key">What it is found by: the opportunity id, or a hash of the command id or blob.</param>
/// <param name="Bytes">The exact bytes. Not changed by anyone after the append was called.</param>
public sealed record LogEntry(RecordType Type, long RecordedNs, Digest Key, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>
    /// The decision that the record is to be found by, a UUIDv7, or null: not indexed. Only the first record of an id
    /// in the audit topic is indexed. A log with an index of its own does not give it back.
    /// </summary>
    public Guid? DecisionId { get; init; }
}
