using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Journal.Audit;

namespace Mev.Journal.Strategies;

/// <content>What outcomes do to counts, amounts and posterior.</content>
public sealed partial class StrategyFold
{
    private bool TryTake(Outcome record, long offset, long recordedMs)
    {
        var before = Tally;
        if (!TryTake(record, offset)) return false;
        var isFailed = Tally.Refused > before.Refused && record.Cause == (uint)OutcomeCause.FailedOnChain;
        Losses.Take(recordedMs, Tally.Net - before.Net, Tally.Landed > before.Landed, isFailed);
        return true;
    }

    private bool TryTake(Outcome record, long offset)
    {
        var outcome = OutcomeRecords.Read(record);
        if (OutcomeRecords.ReadCorrected(record) is { } earlier) return TryCorrect(record, offset, earlier, outcome);
        var isFirst = _open.TryGetValue(outcome.Opportunity, out var intent)
            && !(intent.IsUnknown && outcome.Kind == BundleOutcomeKind.Unknown);
        if (!isFirst)
        {
            Tally = Tally with { Duplicates = Tally.Duplicates + 1 };
            return true;
        }
        if (!Tally.TryAdd(outcome, out var tally)) return false;
        Tally = tally;
        CountOf(outcome.Cause)++;
        Remember(outcome, intent!);
        Close(outcome);
        if (!intent!.IsOfOtherEpoch) Belief.Learn(outcome, intent, offset);
        return true;
    }

    private bool TryCorrect(Outcome record, long offset, BundleOutcome earlier, BundleOutcome outcome)
    {
        var corrected = record.Corrects;
        var surroundings = SurroundingsRecords.Read(corrected.Surroundings);
        var isOfOtherEpoch = !Belief.IsOwn(new RandomKey(corrected.RandomKey), surroundings);
        if (corrected.Offset >= offset) return false; // it would correct itself, or what is yet to come
        if (!isOfOtherEpoch && (uint)record.Arm >= (uint)Sampler.Arms.Length) return false;
        if (_corrected.Contains(corrected.Offset))
        {
            Tally = Tally with { Duplicates = Tally.Duplicates + 1 };
            return true;
        }
        if (!Tally.TryCorrect(earlier, outcome, out var tally)) return false;
        Tally = tally;
        _corrected.Add(corrected.Offset);
        if (_corrected.Count > CorrectedMax) _corrected.Remove(_corrected.Min);
        CountOf(earlier.Cause)--;
        CountOf(outcome.Cause)++;
        var isGivenUp = earlier is { Kind: BundleOutcomeKind.Unknown, Cause: not OutcomeCause.Stopped }
            && !_open.ContainsKey(outcome.Opportunity);
        Remember(outcome, IntentOf(record, surroundings));
        Close(outcome);
        if (corrected.Taught || isOfOtherEpoch) return true;
        Belief.Learn(
            outcome, IntentOf(record, surroundings), offset, corrected.Lost || isGivenUp, corrected.Averaged);
        return true;
    }

    private bool TryTake(TakenChance record, long offset)
    {
        if (record.SkipOffset >= offset) return false; // it is of what is yet to come
        var skip = TakenRecords.ReadSkip(record);
        if (Belief.IsOwn(new RandomKey(record.RandomKey), skip.Surroundings))
            Belief.LearnSkip(skip, new Lamports(record.WinnerTip), record.ObservedMs, offset);
        return true;
    }

    /// <summary>A correction of before corrections named their cycle says of none.</summary>
    private void Remember(BundleOutcome outcome, OpenIntent intent)
    {
        if (intent.Cycle is { } cycle) _failures.Take(cycle, outcome.Kind, outcome.Cause, Cursor.Slot);
    }

    private ref long CountOf(OutcomeCause cause) => ref _causes[Math.Min((uint)cause, CausesMax - 1)];

    /// <summary>With evidence the intent is open no longer; without, it waits for it, but not for ever.</summary>
    private void Close(BundleOutcome outcome)
    {
        if (!_open.TryGetValue(outcome.Opportunity, out var intent)) return;
        if (outcome.Kind != BundleOutcomeKind.Unknown)
        {
            Close(intent);
            return;
        }
        var isStopped = outcome.Cause == OutcomeCause.Stopped;
        _open[outcome.Opportunity] = intent with { IsUnknown = true, IsStopped = isStopped };
    }

    /// <summary>What is left of an intent that is no longer open, from the correction of its outcome.</summary>
    private static OpenIntent IntentOf(Outcome record, Domain.Learning.Surroundings? surroundings) => new()
    {
        Opportunity = new OpportunityId(new Digest(record.OpportunityId.Span)),
        Offset = record.IntentOffset,
        Arm = record.Arm,
        Value = new Lamports(record.Value),
        Surroundings = surroundings,
        Pools = [.. record.Corrects.Pools.Select(pool => new PoolId(new Pubkey(pool.Span)))],
        Cycle = CycleOf(record.Corrects.CycleHash),
    };

    private static Digest? CycleOf(ByteString hash) => hash.Length == Digest.Length ? new Digest(hash.Span) : null;
}
