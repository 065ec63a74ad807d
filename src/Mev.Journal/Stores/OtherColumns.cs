using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Journal.Stores.Rows;

namespace Mev.Journal.Stores;

/// <summary>The columns of the records that are no decisions.</summary>
internal static class OtherColumns
{
    public static SubmissionRow Of(LogRecord record, Attempt attempt) => new(
        record.Offset, ColumnText.Id(attempt.DecisionId), ColumnText.Hex(attempt.OpportunityId), attempt.IntentOffset,
        attempt.Endpoint, attempt.SentNs,
        [.. attempt.Signatures.Select(bytes => bytes.Length == TransactionSignature.Length
            ? $"{TransactionSignature.From(bytes.Span)}"
            : ColumnText.Hex(bytes))]);

    public static OutcomeRow Of(LogRecord record, Outcome outcome) => new()
    {
        Offset = record.Offset,
        RecordedNs = record.Entry.RecordedNs,
        DecisionId = ColumnText.Id(outcome.DecisionId),
        Opportunity = ColumnText.Hex(outcome.OpportunityId),
        Strategy = outcome.Strategy,
        IntentOffset = outcome.IntentOffset,
        Kind = ColumnText.Name<BundleOutcomeKind>(outcome.Kind),
        Cause = ColumnText.Name<OutcomeCause>(outcome.Cause & byte.MaxValue),
        Slot = outcome.Slot,
        RealisedLamports = outcome.Realised,
        TipLamports = outcome.TipPaid,
        WinnerTipLamports = outcome.HasWinnerTip ? outcome.WinnerTip : null,
        Winner = outcome.Winner?.Signature ?? "",
        ObservedMs = outcome.ObservedMs,
        CorrectsOffset = outcome.Corrects?.Offset,
        TokenMints = [.. outcome.Tokens.Select(change => ColumnText.Address(change.Mint))],
        TokenUnits = [.. outcome.Tokens.Select(change => change.Units)],
    };

    public static PolicyRow Of(LogRecord record, PolicyChange change)
    {
        var policy = Policy.Decode(change.PolicyBytes.Span);
        return new PolicyRow(
            record.Offset, record.Entry.RecordedNs, change.Policy, change.Version, ColumnText.Hex(change.PolicyHash),
            change.Reason, policy, policy is null ? [] : [.. policy.QuarantinedPools.Select(pool => $"{pool}")]);
    }

    public static EventRow? EventOf(LogRecord record, AuditRecord body) => body switch
    {
        { LearningChange: { } change } => Event(
            record, EventKind.Learning, change.Strategy, null, ColumnText.Name<LearningChangeKind>(change.Kind),
            ColumnText.Count(change.Epoch), change.Reason),
        { Writer: { } writer } => Event(
            record, EventKind.Writer, "", null, writer.Opened ? "opened" : "closed", writer.KernelVersion,
            string.Join(' ', new[] { writer.GitCommit, writer.ImageDigest, writer.Architecture, writer.Feed }
                .Where(text => text.Length > 0))),
        { SigningRefusal: { } refusal } => Event(
            record, EventKind.SigningRefusal, refusal.Strategy, refusal.IntentOffset, refusal.RuleId, refusal.Rule,
            refusal.Sentence),
        { TreasuryIntent: { } intent } => Event(
            record, EventKind.Treasury, "", null, ColumnText.Hex(intent.MessageHash), intent.CostMax,
            string.Join(' ', intent.Approvals.Select(approval => approval.Principal))),
        _ => null,
    };

    private static EventRow Event(
        LogRecord record, EventKind kind, string strategy, long? intent, string what, long number, string detail) =>
        new(record.Offset, record.Entry.RecordedNs, kind, strategy, intent, what, number, detail);
}
