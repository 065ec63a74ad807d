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

    /// <summary>The strategy whose fold has the intent at a place; null when no whole record stands there.</summary>
    public async ValueTask<string?> StrategyOf(IntentReference at)
    {
        var records = await log.Read(new LogPartition(LogTopics.Audit, at.Partition), at.Offset, 1);
        return records.Count == 1 ? AuditRecords.Read(records[0])?.Decision?.Strategy : null;
    }

    /// <summary>
    /// The intent at a place; null when none of the opportunity stands there. It may be sent unless there is a refusal.
    /// </summary>
    public async ValueTask<(BundleIntent? Intent, SendVerdict Refusal)> Read(
        IntentReference at, OpportunityId opportunity)
    {
        var records = await log.Read(new LogPartition(LogTopics.Audit, at.Partition), at.Offset, 1);
        var isThere = records.Count == 1 && AuditRecords.HasItsHash(records[0]);
        var record = isThere ? AuditRecords.Parse(records[0]) : null;
        if (record?.Decision is not { Core: not null } intent || records[0].Entry.Type != RecordType.Intent
            || records[0].Entry.Key != opportunity.Value)
        {
            return (null, SendVerdict.IntentMissing);
        }
        var stated = intent.Core.MessageHash;
        if (stated.Length != Digest.Length) return (null, SendVerdict.IntentMissing); // not whole: nobody's open intent
        var isAsStated = Digest.Of(intent.Core.Message.Span) == new Digest(stated.Span);
        return (
            new BundleIntent(at, opportunity, intent), isAsStated ? SendVerdict.Unknown : SendVerdict.HashMismatch);
    }
}
