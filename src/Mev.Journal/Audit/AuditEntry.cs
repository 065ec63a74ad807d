using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;

namespace Mev.Journal.Audit;

/// <summary>A record of the audit topic before the writer numbers it.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Key">The opportunity id, or what else it is found by.</param>
/// <param name="Body">
/// An AuditRecord with nothing but its body, serialised: the writer puts its own fields, which have the lowest
/// numbers, in front. Copied by the append.
/// </param>
/// <param name="DecisionId">For the first record of a decision: what the decision index finds it by.</param>
public readonly record struct AuditEntry(
    RecordType Type, Digest Key, ReadOnlyMemory<byte> Body, Guid? DecisionId = null)
{
    /// <summary>An entry of a record whose body alone is set.</summary>
    public AuditEntry(RecordType type, Digest key, AuditRecord record)
        : this(type, key, record.ToByteArray())
    {
    }
}
