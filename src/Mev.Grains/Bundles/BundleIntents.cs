using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Bundles;

/// <summary>Reads durable intents: what leaves is what the journal says, whatever a caller says.</summary>
internal sealed class BundleIntents(IPartitionedLog log, IJournalIndex index, WriteAheadRule rule)
{
    /// <summary>Where the only intent that may ever leave for an opportunity stands; null when there is none.</summary>
    public async ValueTask<IntentReference?> First(OpportunityId opportunity) =>
        rule != WriteAheadRule.ForgetIntents && await index.FindIntent(opportunity.Value) is { } first
            ? new IntentReference(first.Partition.Partition, first.Offset)
            : null;

    /// <summary>The intent at a place, or why none of the opportunity stands there that may be sent.</summary>
    public async ValueTask<(BundleIntent? Intent, SendVerdict Refusal)> Read(
        IntentReference at, OpportunityId opportunity)
    {
        var records = await log.Read(new LogPartition(LogTopics.Audit, at.Partition), at.Offset, 1);
        var record = records.Count == 1 ? AuditRecords.Parse(records[0]) : null;
        if (record?.Decision is not { Core: not null } intent || records[0].Entry.Type != RecordType.Intent
            || records[0].Entry.Key != opportunity.Value)
        {
            return (null, SendVerdict.IntentMissing);
        }
        var stated = intent.Core.MessageHash;
        return stated.Length == Digest.Length && Digest.Of(intent.Core.Message.Span) == new Digest(stated.Span)
            ? (new BundleIntent(at, opportunity, intent), SendVerdict.Unknown)
            : (null, SendVerdict.HashMismatch);
    }
}
