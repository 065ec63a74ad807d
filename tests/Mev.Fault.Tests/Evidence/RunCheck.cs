using Mev.Domain.Bundles;
using Mev.Domain.Decisions;
using Mev.Journal.Strategies;

namespace Mev.Fault.Tests.Evidence;

/// <summary>What a run with faults owes to the uninterrupted run of the same feed.</summary>
internal static class RunCheck
{
    /// <summary>What is wrong, in words; empty when nothing is.</summary>
    public static IReadOnlyList<string> Findings(RunEvidence whole, RunEvidence run) =>
        [.. Findings(run), .. Decided(whole, run), .. Learnt(whole, run)];

    /// <summary>
    /// What a run owes to itself, whatever met in its drains: nothing acknowledged is lost, nothing is decided or
    /// submitted twice, every intent was durable before it left, and what was learnt is the fold of the outcomes.
    /// </summary>
    public static IReadOnlyList<string> Findings(RunEvidence run) =>
    [
        .. run.Malformed,
        .. run.Lost.Select(line => $"acknowledged and lost: {line}"),
        .. Repeated(run),
        .. Submitted(run),
        .. Resolved(run),
        .. Saved(run),
    ];

    /// <summary>Two runs decided the same, hash for hash.</summary>
    public static IEnumerable<string> Decided(RunEvidence whole, RunEvidence run)
    {
        foreach (var (strategy, expected) in whole.Decisions)
        {
            var decisions = run.Decisions[strategy];
            if (decisions.Count != expected.Count)
                yield return $"{strategy} made {decisions.Count} decisions, uninterrupted {expected.Count}";
            var first = decisions.Zip(expected).Index()
                .FirstOrDefault(pair => pair.Item.First.Core != pair.Item.Second.Core);
            if (first.Item.First is { } differs) yield return $"{strategy}: decision {first.Index} differs: {differs}";
            foreach (var finding in Observed(strategy, whole.Outcomes[strategy], run.Outcomes[strategy]))
                yield return finding;
        }
    }

    private static IEnumerable<string> Repeated(RunEvidence run) =>
        from strategy in run.Decisions
        from twice in strategy.Value.GroupBy(decision => decision.Opportunity).Where(decisions => decisions.Count() > 1)
        select $"{strategy.Key} decided {twice.Key} {twice.Count()} times";

    /// <summary>An intent that is not open has exactly one outcome with evidence, and none is of no intent.</summary>
    private static IEnumerable<string> Resolved(RunEvidence run)
    {
        foreach (var (strategy, outcomes) in run.Outcomes)
        {
            var intents = run.Decisions[strategy].Where(decision => decision.Action == DecisionAction.Submit)
                .Select(decision => decision.Opportunity).ToHashSet();
            var evidence = outcomes.Where(outcome => outcome.Outcome.Kind != BundleOutcomeKind.Unknown)
                .GroupBy(outcome => outcome.Outcome.Opportunity).ToDictionary(group => group.Key, g => g.Count());
            foreach (var (opportunity, count) in evidence)
            {
                if (!intents.Contains(opportunity)) yield return $"{strategy}: outcome of {opportunity} has no intent";
                if (count > 1) yield return $"{strategy}: {opportunity} has {count} outcomes";
            }
            var open = run.Folds[strategy].Open.Select(intent => intent.Opportunity).ToHashSet();
            foreach (var intent in intents.Where(intent => open.Contains(intent) == evidence.ContainsKey(intent)))
                yield return $"{strategy}: {intent} is open and resolved at once, or neither";
        }
    }

    private static IEnumerable<string> Observed(
        string strategy, List<RecordedOutcome> expected, List<RecordedOutcome> outcomes)
    {
        if (outcomes.Count != expected.Count)
            yield return $"{strategy} has {outcomes.Count} outcomes, uninterrupted {expected.Count}";
        var first = outcomes.Zip(expected).Index().FirstOrDefault(pair => pair.Item.First != pair.Item.Second);
        if (first.Item.First is { } differs) yield return $"{strategy}: outcome {first.Index} differs: {differs}";
    }

    private static IEnumerable<string> Submitted(RunEvidence run)
    {
        var intents = run.Decisions.Values.SelectMany(decisions => decisions)
            .Where(decision => decision.Action == DecisionAction.Submit)
            .ToLookup(decision => decision.Opportunity.ToString(), decision => decision.Message);
        foreach (var submission in run.Submissions)
        {
            if (!submission.IsWhole) yield return $"submission of {submission.Opportunity} is not of its hash";
            if (!submission.WasDurable) yield return $"{submission.Opportunity} was submitted before it was durable";
            if (!intents[submission.Opportunity].Contains(submission.Message))
                yield return $"{submission.Opportunity} was submitted and no intent holds its bytes";
        }
        foreach (var group in run.Submissions.GroupBy(submission => submission.Opportunity))
        {
            if (group.Select(submission => submission.Message).Distinct().Count() > 1)
                yield return $"{group.Key} has two different submitted messages";
        }
        var sent = run.Submissions.Select(submission => submission.Opportunity).ToHashSet();
        foreach (var intent in intents)
        {
            if (intent.Count() > 1) yield return $"{intent.Key} has {intent.Count()} intents";
            if (!sent.Contains(intent.Key)) yield return $"{intent.Key} has a durable intent and was never submitted";
        }
    }

    private static IEnumerable<string> Learnt(RunEvidence whole, RunEvidence run)
    {
        foreach (var (strategy, expected) in whole.Folds)
        {
            foreach (var finding in Differences($"fold of {strategy}", expected, run.Folds[strategy]))
                yield return finding;
        }
    }

    private static IEnumerable<string> Saved(RunEvidence run) => run.Saved.SelectMany(saved =>
        Differences($"saved state of {saved.Key}", run.Folds[saved.Key], saved.Value));

    private static IEnumerable<string> Differences(string name, StrategySnapshot expected, StrategySnapshot found)
    {
        if (!found.Posterior.SequenceEqual(expected.Posterior)) yield return $"{name}: the posterior differs";
        if (!IsSame(expected.Belief!, found.Belief!)) yield return $"{name}: what was learnt beside it differs";
        if (found.Tally != expected.Tally) yield return $"{name}: {found.Tally}, expected {expected.Tally}";
        if (!found.Reasons.SequenceEqual(expected.Reasons)) yield return $"{name}: the reasons differ";
        if (found.Cursor != expected.Cursor) yield return $"{name}: {found.Cursor}, expected {expected.Cursor}";
        if (!found.Open.Select(intent => intent.Opportunity).SequenceEqual(expected.Open.Select(i => i.Opportunity)))
            yield return $"{name}: the open intents differ";
    }

    private static bool IsSame(BeliefSnapshot expected, BeliefSnapshot found) =>
        (found.Epoch, found.IsFrozen, found.MarketFraction, found.Learnt, found.Held, found.HistoryStep)
            == (expected.Epoch, expected.IsFrozen, expected.MarketFraction, expected.Learnt, expected.Held,
                expected.HistoryStep)
        && found.PoolFractions.SequenceEqual(expected.PoolFractions)
        && found.Losses.SequenceEqual(expected.Losses)
        // Not where they stand: a start and a second attempt are records of their own.
        && found.History.Select(point => (point.Learnt, point.Id))
            .SequenceEqual(expected.History.Select(point => (point.Learnt, point.Id)));
}
