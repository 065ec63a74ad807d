using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Journal.Audit;

namespace Mev.Journal.Strategies;

/// <content>What outcomes do to counts, amounts and posterior.</content>
public sealed partial class StrategyFold
{
    private bool TryTake(Outcome record)
    {
        var outcome = OutcomeRecords.Read(record);
        if (OutcomeRecords.ReadCorrected(record) is { } earlier) return TryCorrect(record, earlier, outcome);
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
        Close(outcome);
        if (!intent!.IsOfOtherEpoch) Learn(outcome, intent.Arm, intent.Value);
        return true;
    }

    private bool TryCorrect(Outcome record, BundleOutcome earlier, BundleOutcome outcome)
    {
        var corrected = record.Corrects;
        var isOfOtherEpoch = corrected.RandomKey != _key.Value;
        if (corrected.Offset >= NextOffset - 1) return false; // it would correct itself, or what is yet to come
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
        Close(outcome);
        if (!corrected.Taught && !isOfOtherEpoch) Learn(outcome, record.Arm, new Lamports(record.Value));
        return true;
    }

    private ref long CountOf(OutcomeCause cause) => ref _causes[Math.Min((uint)cause, CausesMax - 1)];

    /// <summary>With evidence the intent is open no longer; without, it waits for it, but not for ever.</summary>
    private void Close(BundleOutcome outcome)
    {
        if (!_open.TryGetValue(outcome.Opportunity, out var intent)) return;
        if (outcome.Kind == BundleOutcomeKind.Unknown) _open[outcome.Opportunity] = intent with { IsUnknown = true };
        else _open.Remove(outcome.Opportunity);
    }

    private void Learn(BundleOutcome outcome, int arm, Lamports value)
    {
        var context = new ChoiceContext
        {
            Value = value,
            TipFloor = default,
            TipCap = default,
            FastRouteCost = default,
        };
        if (LearningEvidence.TryRead(outcome, arm, context, out var evidence)) Sampler.Apply(evidence);
    }
}
