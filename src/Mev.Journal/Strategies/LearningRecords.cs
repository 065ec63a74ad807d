using System.Text;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Journal.Audit;

namespace Mev.Journal.Strategies;

/// <summary>Writes changes of what a strategy learns.</summary>
public static class LearningRecords
{
    /// <summary>An epoch that begins with a posterior.</summary>
    public static AuditEntry Begin(
        LearningChangeKind kind, string strategy, ulong epoch, ISampler sampler, string reason) => Of(new()
        {
            Strategy = strategy,
            Kind = (uint)kind,
            Epoch = epoch,
            Sampler = (uint)sampler.Kind,
            Posterior = ByteString.CopyFrom(sampler.CanonicalBytes()),
            Reason = reason,
        });

    /// <summary>A freeze, or its end.</summary>
    /// <param name="kind">Which of the two.</param>
    /// <param name="strategy">Whose.</param>
    /// <param name="epoch">The present one.</param>
    /// <param name="reason">Who and why.</param>
    /// <param name="command">The signed command's offset in the control partition; null where there is none.</param>
    public static AuditEntry Hold(
        LearningChangeKind kind, string strategy, ulong epoch, string reason, long? command = null) => Of(new()
        {
            Strategy = strategy,
            Kind = (uint)kind,
            Epoch = epoch,
            Reason = reason,
            CommandOffset = (ulong)((command ?? -1) + 1),
        });

    private static AuditEntry Of(LearningChange change) => new(
        RecordType.LearningChange,
        Digest.Of(Encoding.UTF8.GetBytes(change.Strategy)),
        new AuditRecord { LearningChange = change });
}
