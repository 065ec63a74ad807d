using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Bundles;

/// <summary>Durable intents made by hand.</summary>
internal static class Intents
{
    public const int Partition = 1;

    public static OpportunityId NewId() => new(Digest.Of(Guid.CreateVersion7().ToByteArray()));

    /// <summary>What became of an intent that landed.</summary>
    public static BundleOutcome Landed(OpportunityId id) => new()
    {
        Opportunity = id,
        Kind = BundleOutcomeKind.Landed,
        Cause = OutcomeCause.Landed,
        Slot = new Slot(102),
        Realised = new Lamports(10),
        TipPaid = new Lamports(2),
        Cursor = default,
        ObservedMs = 3,
    };

    public static async Task<IntentReference> Append(
        AuditWriter audit, OpportunityId id, string strategy, byte[] message, Digest? statedHash = null)
    {
        var core = new DecisionCore
        {
            OpportunityId = ByteString.CopyFrom(id.Value.ToArray()),
            Action = (uint)Domain.Decisions.DecisionAction.Submit,
            Choice = new Choice(),
            Message = ByteString.CopyFrom(message),
            MessageHash = ByteString.CopyFrom((statedHash ?? Digest.Of(message)).ToArray()),
        };
        var record = new AuditRecord { Decision = new Decision { Strategy = strategy, Core = core } };
        var offset = await audit.Append(Partition, [new AuditEntry(RecordType.Intent, id.Value, record)]);
        return new IntentReference(Partition, offset);
    }
}
