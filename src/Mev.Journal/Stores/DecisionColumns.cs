using Mev.Domain.Bundles;
using Mev.Domain.Decisions;
using Mev.Domain.Opportunities;
using Mev.Journal.Audit;
using Mev.Journal.Stores.Rows;
using Candidate = Mev.Contracts.V1.Candidate;
using Choice = Mev.Contracts.V1.Choice;
using Decision = Mev.Contracts.V1.Decision;
using DecisionCore = Mev.Contracts.V1.DecisionCore;
using DrainCounts = Mev.Contracts.V1.DrainCounts;
using RuleCheck = Mev.Contracts.V1.RuleCheck;
using Surroundings = Mev.Contracts.V1.Surroundings;

namespace Mev.Journal.Stores;

/// <summary>The columns of a decision record.</summary>
internal static class DecisionColumns
{
    public static DecisionRow Of(LogRecord record, Decision decision) => WithMenu(
        Of(
            record, decision, decision.Core, decision.Drain ?? new DrainCounts(), decision.Core.Choice,
            decision.Core.Surroundings),
        decision.Core.KernelVersion < Audit.DecisionCores.MenuFromVersion ? null : decision.Core.Choice);

    private static DecisionRow Of(
        LogRecord record, Decision decision, DecisionCore core, DrainCounts drain, Choice? choice,
        Surroundings? around) => new()
        {
            Offset = record.Offset,
            RecordedNs = record.Entry.RecordedNs,
            DecisionId = ColumnText.Id(decision.DecisionId),
            Opportunity = ColumnText.Hex(core.OpportunityId),
            Strategy = decision.Strategy,
            Action = ColumnText.Name<DecisionAction>(core.Action),
            Reason = ColumnText.Name<DecisionReason>(core.Reason),
            Slot = core.Slot,
            ReceivedNs = decision.ReceivedNs,
            EvaluatedNs = decision.EvaluatedNs,
            DecidedNs = decision.DecidedNs,
            Shard = decision.Shard,
            Cycle = ColumnText.Hex(core.CycleHash),
            Pools = [.. core.Hops.Select(hop => ColumnText.Address(hop.Pool))],
            AmountsIn = [.. core.Hops.Select(hop => hop.AmountIn)],
            AmountsOut = [.. core.Hops.Select(hop => hop.AmountOut)],
            GrossLamports = core.GrossProfit,
            BoundLamports = core.ProfitBound,
            ValueLamports = core.Value,
            TipLamports = core.Tip,
            TipBasisPoints = choice is { Arm: >= 0 } ? (int)Math.Min(choice.TipBps, int.MaxValue) : null,
            Route = ColumnText.Name<Route>(core.Route & byte.MaxValue),
            Arm = choice is { Arm: >= 0 } ? choice.Arm : null,
            Score = choice is { Arm: >= 0 } ? choice.Score : null,
            IsRandomised = choice?.IsRandomised ?? false,
            BestArms = choice is null ? [] : [.. choice.Best.Select(score => (int)(score.Arm & int.MaxValue))],
            BestScores = choice is null ? [] : [.. choice.Best.Select(score => score.Score)],
            Features = around is null ? [] : [.. around.Features],
            Draws = around is null ? [] : [.. around.Draws],
            Chance = around?.Chance,
            Dual = around?.Dual,
            SlotPosition = around?.SlotPosition,
            SurvivalBin = around is null ? null : (int)around.SurvivalBin,
            Model = around is { ModelId.IsEmpty: false } ? Convert.ToHexStringLower(around.ModelId.Span) : null,
            ModelOffset = around?.ModelOffset ?? 0.0,
            LimitRules = [.. core.Checks.Select(Rule)],
            LimitBounds = [.. core.Checks.Select(check => check.Limit)],
            LimitObserved = [.. core.Checks.Select(check => check.Observed)],
            LimitPassed = [.. core.Checks.Select(check => check.Passed)],
            Evaluated = ColumnText.Count(drain.Evaluated),
            Survivors = ColumnText.Count(drain.Survivors),
            Sized = ColumnText.Count(drain.Sized),
            Opportunities = ColumnText.Count(drain.Opportunities),
            CandidateCycles = [.. drain.Best.Select(candidate => ColumnText.Hex(candidate.CycleHash))],
            CandidateProfits = [.. drain.Best.Select(candidate => candidate.Profit)],
            CandidateVerdicts = [.. drain.Best.Select(Verdict)],
            OpenSubmissions = core.OpenSubmissions,
            IsTaken = core.Taken,
            IsSigned = core.IsSigned,
            KernelVersion = core.KernelVersion,
            RandomKey = core.RandomKey,
            Parameters = ColumnText.Hex(core.ParametersHash),
            Policy = ColumnText.Hex(core.PolicyHash),
            Posterior = ColumnText.Hex(core.PosteriorId),
        };

    /// <summary>With what could be chosen, where the record tells it: no arm at all is told too.</summary>
    private static DecisionRow WithMenu(DecisionRow row, Choice? choice) => choice is null
        ? row
        : row with
        {
            Candidates = (int)Math.Min(choice.Candidates, int.MaxValue),
            Exploration = choice.Exploration,
            TipCapLamports = choice.TipCap,
            StandardCostLamports = choice.StandardCost,
            FastCostLamports = choice.FastCost,
        };

    private static string Verdict(Candidate candidate) => ColumnText.Name<CandidateVerdict>(candidate.Verdict);

    private static string Rule(RuleCheck check) => CapChecks.NameOf(check);
}
