using System.Collections.Immutable;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Decisions;
using Mev.Gateway.Wire;
using Mev.Journal;

namespace Mev.Gateway.Decisions;

/// <summary>The way of a decision in time, by the host's clock.</summary>
internal static class DecisionSteps
{
    private const double NsPerUs = 1_000.0;

    public static ImmutableArray<DecisionBody.StepPart> Of(
        LogRecord record, Contracts.V1.Decision decision, List<(LogRecord Record, AuditRecord Body)> followed)
    {
        var core = decision.Core;
        var moments = new List<(string Name, long Ns, string What)>
        {
            ("received", decision.ReceivedNs, "first byte of the oldest update that the drain took in"),
            ("evaluated", decision.EvaluatedNs,
                $"drain began: {decision.Drain?.Evaluated ?? 0} candidates, {decision.Drain?.Sized ?? 0} sized"),
            ("decided", decision.DecidedNs, Text(core)),
            ("recorded", record.Entry.RecordedNs, $"{record.Entry.Type} numbered and handed to the journal"),
        };
        foreach (var (entry, body) in followed)
        {
            if (body.Attempt is { } attempt) moments.Add(("sent", attempt.SentNs, $"handed to {attempt.Endpoint}"));
            if (body.TakenChance is { } taken) moments.Add(("taken", entry.Entry.RecordedNs, Text(taken)));
            if (body.Outcome is not { } outcome) continue;
            var name = outcome.Corrects is null ? "outcome" : "correction";
            moments.Add((name, entry.Entry.RecordedNs, Text(outcome)));
        }
        var steps = ImmutableArray.CreateBuilder<DecisionBody.StepPart>(moments.Count);
        for (var i = 0; i < moments.Count; i++)
        {
            double? after = i == 0 ? null : (moments[i].Ns - moments[i - 1].Ns) / NsPerUs;
            steps.Add(new(moments[i].Name, Moments.Iso(moments[i].Ns), after, moments[i].What));
        }
        return steps.ToImmutable();
    }

    private static string Text(DecisionCore core) => core.Reason == (uint)DecisionReason.None
        ? $"{(DecisionAction)core.Action}"
        : $"{(DecisionAction)core.Action}, {(DecisionReason)core.Reason}";

    private static string Text(TakenChance taken) =>
        $"by {taken.Winner.Signature} in slot {taken.Winner.Slot}, bid {taken.WinnerTip} lamports in our units";

    private static string Text(Outcome outcome) =>
        $"{(BundleOutcomeKind)outcome.Kind}, {(OutcomeCause)outcome.Cause}, in slot {outcome.Slot}";
}
