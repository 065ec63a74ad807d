using System.Collections.Immutable;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Domain.Wallets;
using Mev.Journal.Audit;

namespace Mev.Journal.Wallets;

/// <summary>What the journal's records mean for a wallet.</summary>
public static class WalletRecords
{
    private const long AmountMax = 1L << 50; // lamports: a million SOL, so that sums stay far from their end

    /// <summary>What a durable intent reserves; null when it is a paper order's or has amounts that none has.</summary>
    /// <param name="intent">The intent.</param>
    /// <param name="fee">What a landing of its transactions is charged.</param>
    public static WalletReservation? Reservation(Decision intent, Lamports fee)
    {
        var core = intent.Core;
        if (core.Moment is not { } moment || core.Hops.Count == 0 || !HasPossibleAmounts(core)) return null;
        return new WalletReservation
        {
            Opportunity = new OpportunityId(new Digest(core.OpportunityId.Span)),
            AmountIn = new TokenAmount(core.Hops[0].AmountIn),
            Cost = new Lamports(core.Tip) + fee,
            Fee = fee,
            LastValidBlockHeight = moment.LastValidBlockHeight,
            Strategy = intent.Strategy,
        };
    }

    /// <summary>The wallet that signs an intent; null when it is a paper order's.</summary>
    public static Pubkey? WalletOf(Decision intent) =>
        intent.Core.Moment is { Wallet.Length: Pubkey.Length } moment ? new Pubkey(moment.Wallet.Span) : null;

    /// <summary>
    /// Takes a record into the ledger of a wallet; one that is not about it changes nothing. False, and nothing is
    /// changed, where a record cannot be read or has amounts that cannot be reckoned with.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="wallet">The wallet.</param>
    /// <param name="fee">What a landing of its transactions is charged.</param>
    /// <param name="ledger">Its ledger, before and after.</param>
    public static bool TryTake(LogRecord record, Pubkey wallet, Lamports fee, ref WalletLedger ledger)
    {
        if (record.Entry.Type is not (RecordType.Intent or RecordType.Attempt or RecordType.Outcome)) return true;
        if (AuditRecords.Read(record) is not { } body || !HasPossibleAmounts(body)) return false;
        ledger = After(ledger, wallet, fee, body);
        return true;
    }

    private static bool HasPossibleAmounts(AuditRecord body) =>
        (body.Decision is not { } decision || HasPossibleAmounts(decision.Core))
        && (body.Outcome is not { } outcome || IsPossible(outcome.TipPaid));

    private static bool HasPossibleAmounts(DecisionCore core) =>
        IsPossible(core.Tip) && (core.Hops.Count == 0 || core.Hops[0].AmountIn <= AmountMax);

    private static bool IsPossible(long lamports) => lamports is >= 0 and <= AmountMax;

    private static WalletLedger After(WalletLedger ledger, Pubkey wallet, Lamports fee, AuditRecord body)
    {
        if (body.Decision is { } intent)
        {
            return WalletOf(intent) == wallet && Reservation(intent, fee) is { } reservation
                ? ledger.Reserve(reservation)
                : ledger;
        }
        if (body.Attempt is { Signatures.Count: > 0 } attempt)
        {
            var opportunity = new OpportunityId(new Digest(attempt.OpportunityId.Span));
            return ledger.WithSignatures(opportunity, Signatures(attempt));
        }
        if (body.Outcome is not { } record) return ledger;
        var outcome = OutcomeRecords.Read(record);
        if (!ledger.Concerns(outcome.Opportunity, record.Strategy)) return ledger;
        return record.Corrects is null ? ledger.Settle(outcome, isRead: true) : ledger.Correct(outcome, isRead: true);
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Signatures(Attempt attempt) =>
        [.. attempt.Signatures.Select(each => each.Memory).Where(each => each.Length == TransactionSignature.Length)];
}
