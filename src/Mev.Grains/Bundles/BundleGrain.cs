using System.Collections.Immutable;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Domain.Signing;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Limits;
using Mev.Grains.Signing;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Replay;
using Mev.Journal.Signing;
using Microsoft.Extensions.Logging;
using SigningRefusal = Mev.Domain.Signing.SigningRefusal;

namespace Mev.Grains.Bundles;

/// <summary>
/// Lets one bundle leave for an opportunity: claimed, intended, sent, resolved. What it sends it reads from the journal
/// and not from the caller, so nothing leaves that is not durable. A claim lives in memory, an intent for ever: once
/// the journal holds one, nobody claims the opportunity again, whatever this activation remembers.
/// </summary>
[GrainType("bundle"), CollectionAgeLimit(Minutes = 2)] // long after a second strategy could see the same states
internal sealed partial class BundleGrain(
    IPartitionedLog log,
    IJournalIndex index,
    AuditWriter audit,
    IBundleSender sender,
    PolicyInForce policy,
    Permits permits,
    SigningDesk desk,
    WriteAheadRule rule,
    TimeProvider time,
    ILogger<BundleGrain> logger) : Grain, IBundleGrain
{
    private static readonly TimeSpan ClaimLifetime = TimeSpan.FromSeconds(2);

    // Several times as long as a strategy waits (StrategyFold.UnknownSlotsMax, some 73 s of the chain).
    private static readonly TimeSpan EvidenceWait = TimeSpan.FromMinutes(10);

    private BundleStage _stage;
    private string _strategy = "";
    private long _claimedAt;
    private IntentReference _intentAt;
    private Decision? _intent;
    private bool _mayHaveLeft;
    private bool _isHandedOver; // by this activation, and the sender took it
    private ImmutableArray<ReadOnlyMemory<byte>> _signed = [];
    private BundleOutcome? _outcome;
    private BundleOutcome? _inDoubt;

    private OpportunityId Id => Digest.TryParse(this.GetPrimaryKeyString(), out var digest)
        ? new OpportunityId(digest)
        : throw new ArgumentException($"'{this.GetPrimaryKeyString()}' is not an opportunity id");

    public async ValueTask<bool> Claim(string strategy)
    {
        var isOwn = _stage == BundleStage.Claimed && _strategy == strategy;
        var isVoid = _stage == BundleStage.Claimed && time.GetElapsedTime(_claimedAt) > ClaimLifetime;
        if (_stage != BundleStage.Unknown && !isOwn && !isVoid) return false;
        if (await FirstIntent() is not null) return false;
        (_stage, _strategy, _claimedAt) = (BundleStage.Claimed, strategy, time.GetTimestamp());
        return true;
    }

    public async ValueTask<SendVerdict> Send(IntentReference intent)
    {
        if (_stage == BundleStage.Resolved) return SendVerdict.AlreadyResolved;
        if (_intent is null || intent != _intentAt)
        {
            var verdict = await Adopt(intent);
            if (verdict != SendVerdict.Unknown) return verdict;
        }
        if (_isHandedOver) return SendVerdict.Sent; // whoever resumes asks for all that is open
        var current = await GrainFactory.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current();
        permits.Grant(current);
        if (current.IsStopped) return await Stopped();
        if (await Sign() is { } refusal) return await Refused(refusal);
        var attempted = Task.FromResult(0L);
        if (!policy.TryStart(HandOver, out var handedOver)) return await Stopped(); // it came since it was asked
        await handedOver;
        await attempted;
        _isHandedOver = true;
        return SendVerdict.Sent;

        ValueTask HandOver()
        {
            attempted = audit.Append(_intentAt.Partition, [Attempt()]).AsTask();
            if (attempted.IsFaulted) return default; // refused at once: no audit, no trade
            _stage = BundleStage.Sent;
            return sender.Submit(Submission());
        }
    }

    public async ValueTask<OutcomeReference?> Resolve(BundleOutcome outcome)
    {
        if (_intent is null || _stage == BundleStage.Resolved)
        {
            LogUnexpected(Id, outcome.Kind, _stage);
            return null;
        }
        var entry = OutcomeRecords.Of(outcome, _intent, _intentAt.Offset);
        var earlier = outcome == _inDoubt ? await FindOutcome(outcome) : null;
        _inDoubt = outcome; // an append that fails for its caller may become durable
        var offset = earlier ?? await audit.Append(_intentAt.Partition, [entry]);
        _inDoubt = null;
        if (outcome.Kind != BundleOutcomeKind.Unknown) _stage = BundleStage.Resolved;
        DelayDeactivation(_stage == BundleStage.Resolved ? TimeSpan.Zero : EvidenceWait);
        _outcome = outcome;
        await desk.Settle(_intent, outcome);
        return new OutcomeReference(_intent.Strategy, _intentAt.Partition, offset);
    }

    /// <summary>The outcome that a failed append left in the journal; null when there is none.</summary>
    private async ValueTask<long?> FindOutcome(BundleOutcome outcome)
    {
        var partition = new LogPartition(LogTopics.Audit, _intentAt.Partition);
        await foreach (var record in log.ReadAll(partition, _intentAt.Offset + 1))
            if (IsOf(record, outcome)) return record.Offset;
        return null;
    }

    private bool IsOf(LogRecord record, BundleOutcome outcome) =>
        record.Entry.Type == RecordType.Outcome && record.Entry.Key == Id.Value
        && AuditRecords.Parse(record)?.Outcome is { } written && OutcomeRecords.Read(written) == outcome;

    public ValueTask<BundleView> Describe() =>
        ValueTask.FromResult(new BundleView { Stage = _stage, Strategy = _strategy, Outcome = _outcome });

    /// <summary>Signs the durable message once; null when it is signed, or when nothing is signed (paper).</summary>
    private async ValueTask<SigningRefusal?> Sign()
    {
        if (!_signed.IsEmpty) return null;
        var answer = await desk.Sign(_intent!);
        _signed = answer.Transactions;
        return answer.Refusal;
    }

    /// <summary>Journals the refusal with its rule; then the bundle ends, unless its bytes may have left.</summary>
    private async ValueTask<SendVerdict> Refused(SigningRefusal refusal)
    {
        LogNotSigned(Id, refusal.Rule.Id(), refusal.Sentence);
        await audit.Append(_intentAt.Partition, [SigningRecords.Refusal(refusal, _intent!, _intentAt.Offset)]);
        await End(OutcomeCause.NotSigned);
        return SendVerdict.NotSigned;
    }

    /// <summary>Takes the intent from the journal; Unknown when it may be sent.</summary>
    private async ValueTask<SendVerdict> Adopt(IntentReference reference)
    {
        var position = new LogPosition(new LogPartition(LogTopics.Audit, reference.Partition), reference.Offset);
        var records = await log.Read(position.Partition, position.Offset, 1);
        var record = records.Count == 1 ? AuditRecords.Parse(records[0]) : null;
        if (record?.Decision is not { } intent || records[0].Entry.Type != RecordType.Intent
            || records[0].Entry.Key != Id.Value)
        {
            LogRefused(Id, SendVerdict.IntentMissing);
            return SendVerdict.IntentMissing;
        }
        if (Digest.Of(intent.Core.Message.Span) != new Digest(intent.Core.MessageHash.Span))
        {
            LogRefused(Id, SendVerdict.HashMismatch);
            return SendVerdict.HashMismatch;
        }
        if (_stage != BundleStage.Unknown && _strategy != intent.Strategy) return SendVerdict.Taken;
        if (await FirstIntent() is { } first && first != position) return SendVerdict.Taken;
        _mayHaveLeft = _stage == BundleStage.Unknown;
        (_stage, _strategy, _intentAt, _intent) = (BundleStage.Intended, intent.Strategy, reference, intent);
        DelayDeactivation(Timeout.InfiniteTimeSpan); // the outcome needs the intent, however late it comes
        return SendVerdict.Unknown;
    }

    /// <summary>The only intent that may ever leave for this opportunity; null when there is none.</summary>
    private async ValueTask<LogPosition?> FirstIntent() =>
        rule == WriteAheadRule.ForgetIntents ? null : await index.FindIntent(Id.Value);

    /// <summary>
    /// A stopped intent ends here, unless its bytes have left before: then what is observed of them counts. Of one that
    /// this activation did not see claimed nobody can tell, also not by the missing record of an attempt.
    /// </summary>
    private async ValueTask<SendVerdict> Stopped()
    {
        LogRefused(Id, SendVerdict.Stopped);
        await End(OutcomeCause.NotSent);
        return SendVerdict.Stopped;
    }

    private async ValueTask End(OutcomeCause cause)
    {
        if (_stage == BundleStage.Sent || _outcome is not null) return;
        await Resolve(_mayHaveLeft
            ? Unsent(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved)
            : Unsent(BundleOutcomeKind.Refused, cause));
    }

    private BundleSubmission Submission() => new()
    {
        Opportunity = Id,
        Message = _intent!.Core.Message.Memory,
        MessageHash = new Digest(_intent.Core.MessageHash.Span),
        Transactions = _signed,
        LastValidBlockHeight = _intent.Core.Moment?.LastValidBlockHeight ?? 0,
        Hops = RecordedOpportunity.HopsOf(_intent.Core),
        Fee = new Lamports(_intent.Core.GrossProfit - _intent.Core.Value),
        Tip = new Lamports(_intent.Core.Tip),
        Seen = RecordedOpportunity.SeenBy(_intent.Core),
    };

    private BundleOutcome Unsent(BundleOutcomeKind kind, OutcomeCause cause) => new()
    {
        Opportunity = Id,
        Kind = kind,
        Cause = cause,
        Slot = new Slot(_intent!.Core.Slot),
        Realised = Lamports.Zero,
        TipPaid = Lamports.Zero,
        Cursor = Cursors.Read(_intent.Cursor),
        ObservedMs = time.UnixNs() / 1_000_000,
    };

    private AuditEntry Attempt() => new(RecordType.Attempt, Id.Value, new AuditRecord
    {
        Attempt = new Attempt
        {
            OpportunityId = ByteString.CopyFrom(Id.Value.ToArray()),
            DecisionId = _intent!.DecisionId,
            IntentOffset = _intentAt.Offset,
            MessageHash = _intent.Core.MessageHash,
            Endpoint = sender.Description,
            SentNs = time.UnixNs(),
            Signatures = { SigningDesk.Signatures(_signed).Select(bytes => ByteString.CopyFrom(bytes.Span)) },
        },
    });

    [LoggerMessage(1010, LogLevel.Warning, "Bundle {Opportunity} was not sent: {Verdict}")]
    private partial void LogRefused(OpportunityId opportunity, SendVerdict verdict);

    [LoggerMessage(1012, LogLevel.Warning, "Bundle {Opportunity} was not signed, rule {Rule}: {Sentence}")]
    private partial void LogNotSigned(OpportunityId opportunity, string rule, string sentence);

    [LoggerMessage(1011, LogLevel.Warning, "Bundle {Opportunity}: outcome {Kind} at stage {Stage} is not journalled")]
    private partial void LogUnexpected(OpportunityId opportunity, BundleOutcomeKind kind, BundleStage stage);
}
