using Mev.Contracts.V1;
using Mev.Domain.Chain;

namespace Mev.Journal.Audit;

/// <summary>A record of the audit topic before the writer numbers and serialises it.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Key">The opportunity id, or what else it is found by.</param>
/// <param name="Record">Its body; writer, sequence, partition and time are the writer's to fill.</param>
/// <param name="DecisionId">For the first record of a decision: what the decision index finds it by.</param>
public readonly record struct AuditEntry(
    RecordType Type, Digest Key, AuditRecord Record, Guid? DecisionId = null);
