using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Journal.Audit;

/// <summary>Writes and reads outcome records.</summary>
public static class OutcomeRecords
{
    /// <summary>The record of what was observed of an intent's bundle.</summary>
    public static AuditEntry Of(BundleOutcome outcome, Decision intent, long intentOffset)
    {
        var record = new Outcome
        {
            OpportunityId = intent.Core.OpportunityId,
            DecisionId = intent.DecisionId,
            Strategy = intent.Strategy,
            IntentOffset = intentOffset,
            Kind = (uint)outcome.Kind,
            Cause = (uint)outcome.Cause,
            Slot = outcome.Slot.Value,
            Realised = outcome.Realised.Value,
            TipPaid = outcome.TipPaid.Value,
            Cursor = Cursors.Of(outcome.Cursor),
            ObservedMs = outcome.ObservedMs,
            Value = intent.Core.Value,
            TipBps = intent.Core.Choice?.TipBps ?? 0,
            Arm = intent.Core.Choice?.Arm ?? -1,
        };
        if (outcome.WinnerTip is { } bid) record.WinnerTip = bid.Value;
        if (outcome.Winner is { } winner) record.Winner = Write(winner);
        return new AuditEntry(RecordType.Outcome, outcome.Opportunity.Value, new AuditRecord { Outcome = record });
    }

    /// <summary>What was observed, from its record.</summary>
    public static BundleOutcome Read(Outcome record) => new()
    {
        Opportunity = new OpportunityId(new Digest(record.OpportunityId.Span)),
        Kind = (BundleOutcomeKind)record.Kind,
        Cause = (OutcomeCause)record.Cause,
        Slot = new Slot(record.Slot),
        Realised = new Lamports(record.Realised),
        TipPaid = new Lamports(record.TipPaid),
        WinnerTip = record.HasWinnerTip ? new Lamports(record.WinnerTip) : null,
        Cursor = Cursors.Read(record.Cursor),
        ObservedMs = record.ObservedMs,
        Winner = record.Winner is { } winner ? Read(winner, record.WinnerTip) : null,
    };

    private static Winner Write(AttributedWinner winner) => new()
    {
        Signature = winner.Signature,
        Slot = winner.Slot.Value,
        Tip = winner.Tip.Value,
        Units = winner.Units,
        Ahead = winner.IsAhead,
    };

    private static AttributedWinner Read(Winner winner, long bid) => new()
    {
        Signature = winner.Signature,
        Slot = new Slot(winner.Slot),
        Tip = new Lamports(winner.Tip),
        Units = winner.Units,
        Bid = new Lamports(bid),
        IsAhead = winner.Ahead,
    };
}
