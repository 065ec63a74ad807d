using System.Collections.Immutable;

namespace Mev.Control.Audits;

/// <summary>What an audit of a partition came to.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Records">Records of the journal that were hashed.</param>
/// <param name="SignedSize">Records under the newest checkpoint that holds.</param>
/// <param name="Checkpoints">Checkpoints that hold.</param>
/// <param name="CosignedSize">Records under what the witness cosigned, where that holds; otherwise 0.</param>
/// <param name="Findings">In their order, at most <see cref="PartitionAudit.FindingsMax"/>.</param>
/// <param name="FindingsTotal">Of these and those beyond.</param>
public sealed record AuditReport(
    int Partition, long Records, long SignedSize, long Checkpoints, long CosignedSize,
    ImmutableArray<AuditFinding> Findings, long FindingsTotal)
{
    /// <summary>Everything is as it was signed.</summary>
    public bool IsWell => FindingsTotal == 0;
}
