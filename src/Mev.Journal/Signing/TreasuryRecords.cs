using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Signing;
using Mev.Domain.Wallets;
using Mev.Journal.Audit;
using SigningRefusal = Mev.Domain.Signing.SigningRefusal;
using TreasuryAttempt = Mev.Domain.Wallets.TreasuryAttempt;
using TreasuryOutcome = Mev.Domain.Wallets.TreasuryOutcome;

namespace Mev.Journal.Signing;

/// <summary>Writes and reads the treasury's orders, and what they mean for its cap.</summary>
public static class TreasuryRecords
{
    private const long NsPerMs = 1_000_000;

    /// <summary>The record of an order: from when it is durable on, its message may be signed.</summary>
    public static AuditEntry Of(TreasuryOrder order)
    {
        var hash = Digest.Of(order.Message.Span);
        var intent = new TreasuryIntent
        {
            Command = Bytes(order.Command),
            Message = ByteString.CopyFrom(order.Message.Span),
            MessageHash = Bytes(hash),
            CostMax = order.CostMax.Value,
        };
        intent.Approvals.AddRange(order.Approvals.Select(one => new Approval
        {
            Principal = one.Principal,
            Role = (uint)one.Role,
        }));
        return new AuditEntry(RecordType.TreasuryIntent, hash, new AuditRecord { TreasuryIntent = intent });
    }

    /// <summary>The record of a refused order, with the rule that refused it.</summary>
    public static AuditEntry Refusal(SigningRefusal refusal, TreasuryOrder order, long intentOffset)
    {
        var hash = Digest.Of(order.Message.Span);
        return new AuditEntry(RecordType.SigningRefusal, hash, new AuditRecord
        {
            SigningRefusal = new Contracts.V1.SigningRefusal
            {
                IntentOffset = intentOffset,
                Rule = (uint)refusal.Rule,
                RuleId = refusal.Rule.Id(),
                Sentence = refusal.Sentence,
                MessageHash = Bytes(hash),
            },
        });
    }

    /// <summary>The record of an attempt: once it is durable, the bytes may leave.</summary>
    public static AuditEntry Of(Digest command, TreasuryAttempt attempt)
    {
        var signature = new byte[TransactionSignature.Length];
        attempt.Signature.CopyTo(signature);
        var record = new Contracts.V1.TreasuryAttempt
        {
            Command = Bytes(command),
            Signature = UnsafeByteOperations.UnsafeWrap(signature),
            LastValidHeight = attempt.LastValidBlockHeight,
        };
        return new AuditEntry(RecordType.TreasuryAttempt, command, new AuditRecord { TreasuryAttempt = record });
    }

    /// <summary>The record of what became of an order.</summary>
    public static AuditEntry Of(TreasuryOutcome outcome)
    {
        var record = new Contracts.V1.TreasuryOutcome
        {
            Command = Bytes(outcome.Command),
            Kind = (uint)outcome.Kind,
            Slot = outcome.Slot.Value,
            Fee = outcome.Fee.Value,
        };
        if (outcome.Change is { } change) record.Change = change.Value;
        return new AuditEntry(
            RecordType.TreasuryOutcome, outcome.Command, new AuditRecord { TreasuryOutcome = record });
    }

    /// <summary>
    /// The ledger after a record; the same where the record is not the treasury's, and torn by one of the treasury's
    /// that cannot be read. A refusal that cannot be read takes nothing back, which is safe.
    /// </summary>
    public static TreasuryLedger Take(TreasuryLedger ledger, LogRecord record)
    {
        if (record.Entry.Type is not (RecordType.TreasuryIntent or RecordType.SigningRefusal
            or RecordType.TreasuryAttempt or RecordType.TreasuryOutcome))
        {
            return ledger;
        }
        var isRefusal = record.Entry.Type == RecordType.SigningRefusal;
        if (AuditRecords.Read(record) is not { } body) return isRefusal ? ledger : ledger.Torn();
        var day = WalletLedger.DayOf(body.RecordedNs / NsPerMs);
        if (Read(body.TreasuryAttempt) is var (command, attempt)) return ledger.With(command, attempt, day);
        if (Read(body.TreasuryOutcome) is { } outcome) return ledger.With(outcome);
        if (!isRefusal)
        {
            return Read(body.TreasuryIntent) is { } order
                ? ledger.With(order.Command, Digest.Of(order.Message.Span), order.CostMax, day)
                : ledger.Torn();
        }
        return body.SigningRefusal is { OpportunityId.IsEmpty: true, MessageHash.Length: Digest.Length } refusal
            ? ledger.Without(new Digest(refusal.MessageHash.Span))
            : ledger;
    }

    private static (Digest Command, TreasuryAttempt Attempt)? Read(Contracts.V1.TreasuryAttempt? record) =>
        record is { Command.Length: Digest.Length, Signature.Length: TransactionSignature.Length }
            ? (new Digest(record.Command.Span),
                new TreasuryAttempt(TransactionSignature.From(record.Signature.Span), record.LastValidHeight))
            : null;

    private static TreasuryOutcome? Read(Contracts.V1.TreasuryOutcome? record) =>
        record is { Command.Length: Digest.Length, Kind: > 0 and <= (uint)BundleOutcomeKind.Expired }
            ? new TreasuryOutcome
            {
                Command = new Digest(record.Command.Span),
                Kind = (BundleOutcomeKind)record.Kind,
                Slot = new Slot(record.Slot),
                Fee = new Lamports(record.Fee),
                Change = record.HasChange ? new Lamports(record.Change) : null,
            }
            : null;

    /// <summary>The order of a record; null when it is not whole.</summary>
    private static TreasuryOrder? Read(TreasuryIntent? intent)
    {
        if (intent is not { Command.Length: Digest.Length }) return null;
        if (Bytes(Digest.Of(intent.Message.Span)) != intent.MessageHash) return null;
        return new TreasuryOrder
        {
            Command = new Digest(intent.Command.Span),
            Message = intent.Message.Memory,
            CostMax = new Lamports(intent.CostMax),
            Approvals = [.. intent.Approvals.Select(one => new TreasuryApproval(
                one.Principal, (TreasuryRole)one.Role))],
        };
    }

    private static ByteString Bytes(Digest digest) => ByteString.CopyFrom(digest.ToArray());
}
