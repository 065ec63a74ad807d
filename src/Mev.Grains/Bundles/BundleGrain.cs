using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Domain.Signing;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Signing;
using Mev.Journal.Audit;
using Mev.Journal.Signing;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Bundles;

/// <summary>
/// Lets one bundle leave for an opportunity: claimed, intended, sent, resolved. What it sends it reads from the journal
/// and not from the caller, so nothing leaves that is not durable. A claim lives in memory, an intent for ever: once
/// the journal holds one, nobody claims the opportunity again, whatever this activation remembers.
/// </summary>
[GrainType("bundle"), CollectionAgeLimit(Minutes = 2)] // long after a second strategy could see the same states
internal sealed partial class BundleGrain(
    BundleIntents intents,
    BundleOutcomes outcomes,
    BundleHandOver handOver,
    BundleCounts counts,
    AuditWriter audit,
    Permits permits,
    SigningDesk desk,
    TimeProvider time,
    ILogger<BundleGrain> logger) : Grain, IBundleGrain
{
    private static readonly TimeSpan ClaimLifetime = TimeSpan.FromSeconds(2);

    private BundleStage _stage;
    private string _strategy = "";
    private long _claimedAt;
    private BundleIntent? _intent;
    private bool _isOfBefore; // not seen claimed by this activation
    private ImmutableArray<ReadOnlyMemory<byte>> _signed = [];

    private OpportunityId Id => Digest.TryParse(this.GetPrimaryKeyString(), out var digest)
        ? new OpportunityId(digest)
        : throw new ArgumentException($"'{this.GetPrimaryKeyString()}' is not an opportunity id");

    public async ValueTask<bool> Claim(string strategy)
    {
        var isOwn = _stage == BundleStage.Claimed && _strategy == strategy;
        var isVoid = _stage == BundleStage.Claimed && time.GetElapsedTime(_claimedAt) > ClaimLifetime;
        if (_stage != BundleStage.Unknown && !isOwn && !isVoid) return false;
        if (await intents.First(Id) is not null) return false;
        (_stage, _strategy, _claimedAt) = (BundleStage.Claimed, strategy, time.GetTimestamp());
        return true;
    }

    public async ValueTask<SendVerdict> Send(IntentReference intent)
    {
        if (_stage != BundleStage.Resolved && intent != _intent?.At)
        {
            var verdict = await Adopt(intent);
            if (verdict != SendVerdict.Unknown) return verdict;
        }
        await outcomes.Doubt(_intent!);
        if (outcomes.IsResolved) return SendVerdict.AlreadyResolved;
        if (outcomes.IsStopped) return SendVerdict.Stopped;
        if (handOver.IsDone) return SendVerdict.Sent; // whoever resumes asks for all that is open
        if (handOver.Rests) return await InDoubt();
        var current = await GrainFactory.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current();
        permits.Grant(current);
        if (current.IsStopped) return await Stopped();
        if (await Sign() is { } refusal) return await Refused(refusal);
        return await handOver.Start(_intent!, _signed, _isOfBefore) switch
        {
            SendVerdict.Stopped => await Stopped(),
            SendVerdict.InDoubt => await InDoubt(),
            var verdict => verdict,
        };
    }

    public async ValueTask<OutcomeReference?> Resolve(BundleOutcome outcome)
    {
        if (_intent is not null || await FindIntent()) return await Keep(outcome);
        counts.Unexpected();
        LogUnexpected(Id, outcome.Kind);
        return null;
    }

    public ValueTask<BundleView> Describe() => ValueTask.FromResult(new BundleView
    {
        Stage = _stage == BundleStage.Intended && handOver.HasBegun ? BundleStage.Sent : _stage,
        Strategy = _strategy,
        Outcome = outcomes.Last,
        Corrections = outcomes.Corrections,
    });

    /// <summary>Takes the intent from the journal; Unknown when it may be sent.</summary>
    private async ValueTask<SendVerdict> Adopt(IntentReference reference)
    {
        var (intent, refusal) = await intents.Read(reference, Id);
        if (intent is null)
        {
            LogRefused(Id, refusal);
            return refusal;
        }
        if (_stage != BundleStage.Unknown && _strategy != intent.Strategy) return SendVerdict.Taken;
        if (await intents.First(Id) is { } first && first != reference) return SendVerdict.Taken;
        await Take(intent);
        return SendVerdict.Unknown;
    }

    /// <summary>An outcome may come to an activation that sent nothing: the journal knows what it is of.</summary>
    private async ValueTask<bool> FindIntent()
    {
        if (await intents.First(Id) is not { } first) return false;
        var (intent, _) = await intents.Read(first, Id);
        if (intent is not null) await Take(intent);
        return intent is not null;
    }

    /// <summary>What this activation did not see claimed may have left: the journal tells what came of it.</summary>
    private async ValueTask Take(BundleIntent intent)
    {
        var isOfBefore = _stage == BundleStage.Unknown;
        if (isOfBefore) await outcomes.Read(intent);
        (_stage, _strategy, _intent, _isOfBefore) = (BundleStage.Intended, intent.Strategy, intent, isOfBefore);
        DelayDeactivation(Timeout.InfiniteTimeSpan); // reading the journal for what comes later takes long
        if (outcomes.Last is not null) Rest();
    }

    /// <summary>Signs the durable message once; null when it is signed, or when nothing is signed (paper).</summary>
    private async ValueTask<SigningRefusal?> Sign()
    {
        if (!_signed.IsEmpty) return null;
        var answer = await desk.Sign(_intent!.Decision);
        _signed = answer.Transactions;
        return answer.Refusal;
    }

    /// <summary>The bytes may have left, so what is observed of them counts; until then nothing is known.</summary>
    private async ValueTask<SendVerdict> InDoubt()
    {
        if (outcomes.Last is null) await End(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved);
        return SendVerdict.InDoubt;
    }

    /// <summary>Journals the refusal with its rule; then the bundle ends, unless its bytes may have left.</summary>
    private async ValueTask<SendVerdict> Refused(SigningRefusal refusal)
    {
        LogNotSigned(Id, refusal.Rule.Id(), refusal.Sentence);
        await audit.Append(
            _intent!.At.Partition, [SigningRecords.Refusal(refusal, _intent.Decision, _intent.At.Offset)]);
        if (!MayHaveLeft) await End(BundleOutcomeKind.Refused, OutcomeCause.NotSigned);
        else if (outcomes.Last is null) await End(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved);
        return SendVerdict.NotSigned;
    }

    /// <summary>
    /// A stopped intent ends here and never leaves again. Of one that may have left what is observed counts: of what
    /// this activation did not see claimed nobody can tell, also not by the missing record of an attempt.
    /// </summary>
    private async ValueTask<SendVerdict> Stopped()
    {
        LogRefused(Id, SendVerdict.Stopped);
        if (MayHaveLeft) await End(BundleOutcomeKind.Unknown, OutcomeCause.Stopped);
        else await End(BundleOutcomeKind.Refused, OutcomeCause.NotSent);
        return SendVerdict.Stopped;
    }

    private bool MayHaveLeft => _isOfBefore || handOver.HasBegun;

    private async ValueTask End(BundleOutcomeKind kind, OutcomeCause cause) =>
        await Keep(_intent!.Unobserved(kind, cause, time.UnixNs()));

    private async ValueTask<OutcomeReference?> Keep(BundleOutcome outcome)
    {
        var intent = _intent!;
        if (await outcomes.Keep(outcome, intent) is not { } offset) return null;
        Rest();
        if (outcomes.Corrections == 0) await desk.Settle(intent.Decision, outcomes.Last!);
        else await desk.Correct(intent.Decision, outcomes.Last!);
        return new OutcomeReference(intent.Strategy, intent.At.Partition, offset);
    }

    /// <summary>With an outcome it waits for what may correct it, and keeps no more than that takes.</summary>
    private void Rest()
    {
        var mayBeCorrected = !outcomes.IsResolved || _intent!.IsOnChain;
        DelayDeactivation(mayBeCorrected ? OutcomeRecords.CorrectionWait : TimeSpan.Zero);
        if (!outcomes.IsResolved) return;
        (_stage, _intent, _signed) = (BundleStage.Resolved, _intent!.Through(), []);
    }

    [LoggerMessage(1010, LogLevel.Warning, "Bundle {Opportunity} was not sent: {Verdict}")]
    private partial void LogRefused(OpportunityId opportunity, SendVerdict verdict);

    [LoggerMessage(1011, LogLevel.Warning, "Bundle {Opportunity}: outcome {Kind} is of no durable intent")]
    private partial void LogUnexpected(OpportunityId opportunity, BundleOutcomeKind kind);

    [LoggerMessage(1012, LogLevel.Warning, "Bundle {Opportunity} was not signed, rule {Rule}: {Sentence}")]
    private partial void LogNotSigned(OpportunityId opportunity, string rule, string sentence);
}
