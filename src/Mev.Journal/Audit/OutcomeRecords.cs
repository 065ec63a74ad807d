using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Journal.Audit;

/// <summary>Writes and reads outcome records.</summary>
public static class OutcomeRecords
{
    /// <summary>
    /// How long after an outcome another may correct it: several times as long as the chain takes until nothing changes
    /// any more (some 73 s).
    /// </summary>
    public static readonly TimeSpan CorrectionWait = TimeSpan.FromMinutes(10);

    /// <summary>The record of what was observed of an intent's bundle.</summary>
    /// <param name="outcome">What was observed.</param>
    /// <param name="intent">The intent.</param>
    /// <param name="intentOffset">Where that stands in its partition.</param>
    /// <param name="corrects">What held before; null for the first outcome.</param>
    public static AuditEntry Of(
        BundleOutcome outcome, Decision intent, long intentOffset, EarlierOutcome? corrects = null)
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
            Corrects = corrects is { } earlier ? CorrectedOf(earlier, intent) : null,
            Unseen = outcome.IsUnseen,
        };
        record.Tokens.AddRange(outcome.Tokens.Items.Select(change => new ChangedToken
        {
            Account = ByteString.CopyFrom(change.Account.ToArray()),
            Mint = ByteString.CopyFrom(change.Mint.ToArray()),
            Units = change.Units,
        }));
        if (outcome.WinnerTip is { } bid) record.WinnerTip = bid.Value;
        if (outcome.Winner is { } winner) record.Winner = Write(winner);
        return new AuditEntry(RecordType.Outcome, outcome.Opportunity.Value, new AuditRecord { Outcome = record });
    }

    /// <summary>The record of an open intent that can be read no longer: its bytes may have left.</summary>
    /// <param name="intent">What the strategy knows of it.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="cursor">How far it has decided.</param>
    /// <param name="nowNs">Nanoseconds since 1970.</param>
    public static AuditEntry OfUnreadable(
        Strategies.OpenIntent intent, string strategy, Domain.Feed.FeedCursor cursor, long nowNs)
    {
        var outcome = BundleOutcome.Unobserved(
            intent.Opportunity, BundleOutcomeKind.Unknown, OutcomeCause.Unobserved, cursor, cursor.Slot, nowNs);
        var core = new DecisionCore
        {
            OpportunityId = ByteString.CopyFrom(intent.Opportunity.Value.ToArray()),
            Value = intent.Value.Value,
            Choice = new Choice { Arm = intent.Arm },
        };
        return Of(outcome, new Decision { Strategy = strategy, Core = core }, intent.Offset);
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
        Tokens = new TokenChanges([.. record.Tokens.Select(change => new TokenChange(
            new Pubkey(change.Account.Span), new Pubkey(change.Mint.Span), change.Units))]),
        Winner = record.Winner is { } winner ? Read(winner, record.WinnerTip) : null,
        IsUnseen = record.Unseen,
    };

    /// <summary>The outcome that a record corrects, as far as it was counted; null when it is the first.</summary>
    public static BundleOutcome? ReadCorrected(Outcome record) => record.Corrects is { } earlier
        ? Read(record) with
        {
            Kind = (BundleOutcomeKind)earlier.Kind,
            Cause = (OutcomeCause)earlier.Cause,
            Realised = new Lamports(earlier.Realised),
            TipPaid = new Lamports(earlier.TipPaid),
        }
        : null;

    /// <summary>Who took a chance; the bid stands beside it.</summary>
    internal static Winner Write(AttributedWinner winner) => new()
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

    private static Corrected CorrectedOf(in EarlierOutcome earlier, Decision intent) => new()
    {
        Offset = earlier.Offset,
        Kind = (uint)earlier.Outcome.Kind,
        Cause = (uint)earlier.Outcome.Cause,
        Realised = earlier.Outcome.Realised.Value,
        TipPaid = earlier.Outcome.TipPaid.Value,
        Taught = earlier.HasTaught,
        Lost = earlier.IsLoss,
        Averaged = earlier.IsAveraged,
        RandomKey = intent.Core.RandomKey,
        Surroundings = intent.Core.Surroundings,
        Pools = { intent.Core.Hops.Select(hop => hop.Pool) },
        CycleHash = intent.Core.CycleHash,
    };
}
