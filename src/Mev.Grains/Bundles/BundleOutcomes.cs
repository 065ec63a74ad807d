using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Bundles;

/// <summary>
/// Journals what is observed of one bundle: its first outcome, and each later one that corrects the one before, so that
/// the last one holds. What says the same again is not written again.
/// </summary>
internal sealed partial class BundleOutcomes(
    IPartitionedLog log, AuditWriter audit, OutcomeOrder order, BundleCounts counts, ILogger<BundleOutcomes> logger)
{
    /// <summary>Corrections of one bundle; further ones are left out.</summary>
    public const int CorrectionsMax = 8;

    private EarlierOutcome? _last;
    private bool _isInDoubt; // an append that failed for its caller may become durable

    /// <summary>The outcome that holds; null before the first.</summary>
    public BundleOutcome? Last => _last?.Outcome;

    /// <summary>How many took the place of an earlier one.</summary>
    public int Corrections { get; private set; }

    /// <summary>There was evidence of what became of it, so it never leaves again.</summary>
    public bool IsResolved { get; private set; }

    /// <summary>A stop closed it, so it never leaves again.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Reads what the journal holds of an intent's bundle.</summary>
    public async ValueTask Read(BundleIntent intent)
    {
        (_last, Corrections, _isInDoubt) = (null, 0, true);
        var partition = new LogPartition(LogTopics.Audit, intent.At.Partition);
        await foreach (var record in log.ReadAll(partition, intent.At.Offset + 1))
        {
            if (record.Entry.Type != RecordType.Outcome || record.Entry.Key != intent.Opportunity.Value) continue;
            if (AuditRecords.Read(record)?.Outcome is not { } written || written.Strategy != intent.Strategy) continue;
            var outcome = OutcomeRecords.Read(written);
            var isRepeated = written.Corrects is null // as whoever folds the log takes it
                && _last is { } last
                && (last.Outcome.Kind != BundleOutcomeKind.Unknown || outcome.Kind == BundleOutcomeKind.Unknown);
            if (isRepeated) continue;
            if (written.Corrects is not null) Corrections++;
            Take(record.Offset, outcome, intent);
        }
        _isInDoubt = false;
    }

    /// <summary>Reads the journal again where an append failed.</summary>
    public ValueTask Doubt(BundleIntent intent) => _isInDoubt ? Read(intent) : ValueTask.CompletedTask;

    /// <summary>
    /// Where the outcome that holds stands, this one or an earlier one that says the same; null when it was left out.
    /// </summary>
    public async ValueTask<long?> Keep(BundleOutcome outcome, BundleIntent intent)
    {
        await Doubt(intent);
        if (_last is { } last && !outcome.Corrects(last.Outcome))
        {
            counts.Repeated();
            return last.Offset;
        }
        if (Corrections == CorrectionsMax)
        {
            counts.LeftOut();
            return null;
        }
        _isInDoubt = true;
        var appended = audit.Append(
            intent.At.Partition, [OutcomeRecords.Of(outcome, intent.Decision, intent.At.Offset, _last)]);
        order.HasPlace(intent.Opportunity);
        var offset = await appended;
        _isInDoubt = false;
        if (_last is not null) Corrections++;
        // One of the same kind knows more, who took the chance most often: that happens all the time.
        if (_last is { Outcome.Kind: not BundleOutcomeKind.Unknown and var before } && before != outcome.Kind)
            LogCorrected(intent.Opportunity, before, outcome.Kind, Corrections, CorrectionsMax);
        Take(offset, outcome, intent);
        return offset;
    }

    private void Take(long offset, BundleOutcome outcome, BundleIntent intent)
    {
        _last = EarlierOutcome.After(_last, offset, outcome, new Lamports(intent.Decision.Core.Value));
        IsResolved |= outcome.Kind != BundleOutcomeKind.Unknown;
        IsStopped |= outcome is { Kind: BundleOutcomeKind.Unknown, Cause: OutcomeCause.Stopped };
    }

    [LoggerMessage(1015, LogLevel.Warning,
        "Bundle {Opportunity}: outcome {Before} was corrected to {Kind}, correction {Number} of at most {Max}")]
    private partial void LogCorrected(
        OpportunityId opportunity, BundleOutcomeKind before, BundleOutcomeKind kind, int number, int max);
}
