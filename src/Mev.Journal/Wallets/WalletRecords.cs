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
    /// <summary>What a durable intent reserves; null when it is a paper order's.</summary>
    /// <param name="intent">The intent.</param>
    /// <param name="fee">What a landing of its transactions is charged.</param>
    public static WalletReservation? Reservation(Decision intent, Lamports fee)
    {
        var core = intent.Core;
        if (core.Moment is not { } moment || core.Hops.Count == 0) return null;
        return new WalletReservation
        {
            Opportunity = new OpportunityId(new Digest(core.OpportunityId.Span)),
            AmountIn = new TokenAmount(core.Hops[0].AmountIn),
            Cost = new Lamports(core.Tip) + fee,
            Fee = fee,
            LastValidBlockHeight = moment.LastValidBlockHeight,
        };
    }

    /// <summary>The wallet that signs an intent; null when it is a paper order's.</summary>
    public static Pubkey? WalletOf(Decision intent) =>
        intent.Core.Moment is { Wallet.Length: Pubkey.Length } moment ? new Pubkey(moment.Wallet.Span) : null;

    /// <summary>The ledger after a record; the same where the record is not about the wallet.</summary>
    public static WalletLedger Take(WalletLedger ledger, Pubkey wallet, Lamports fee, LogRecord record)
    {
        if (record.Entry.Type is not (RecordType.Intent or RecordType.Attempt or RecordType.Outcome)) return ledger;
        var body = AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span);
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
        return body.Outcome is { } outcome ? ledger.Settle(OutcomeRecords.Read(outcome)) : ledger;
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Signatures(Attempt attempt) =>
        [.. attempt.Signatures.Select(each => each.Memory).Where(each => each.Length == TransactionSignature.Length)];
}
