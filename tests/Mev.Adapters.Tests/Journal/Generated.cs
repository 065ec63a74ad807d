using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Opportunities;
using Decision = Mev.Domain.Decisions.Decision;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Decision records made by the classes that are generated from the contract.</summary>
internal static class Generated
{
    public static AuditRecord Record(Decision decision, DecisionId id, OpportunityBatch batch, long decidedNs)
    {
        var opportunity = decision.Opportunity;
        var record = new Contracts.V1.Decision
        {
            DecisionId = ByteString.CopyFrom(id.ToArray()),
            Strategy = decision.Inputs.Parameters.Id,
            Cursor = Mev.Journal.Audit.Cursors.Of(batch.Cursor),
            Shard = (uint)opportunity.Shard,
            ReceivedNs = opportunity.ReceivedNs,
            EvaluatedNs = opportunity.EvaluatedNs,
            DecidedNs = decidedNs,
            Drain = new Contracts.V1.DrainCounts
            {
                Evaluated = (ulong)batch.Counts.Evaluated,
                Survivors = (ulong)batch.Counts.Survivors,
                Sized = (ulong)batch.Counts.Sized,
                Opportunities = (ulong)batch.Counts.Opportunities,
            },
            Core = Core(decision),
        };
        if (decision.Action == DecisionAction.Submit)
        {
            record.Drain.Best.AddRange(batch.Best.Select(candidate => new Candidate
            {
                CycleHash = Bytes(candidate.Cycle),
                Profit = candidate.Profit.Value,
                Verdict = (uint)candidate.Verdict,
            }));
        }
        return new AuditRecord { Decision = record };
    }

    private static DecisionCore Core(Decision decision)
    {
        var opportunity = decision.Opportunity;
        var core = new DecisionCore
        {
            KernelVersion = DecisionKernel.Version,
            OpportunityId = Bytes(opportunity.Id.Value),
            CycleHash = Bytes(opportunity.Cycle),
            Slot = opportunity.Slot.Value,
            ChainSlot = opportunity.Clock.Slot.Value,
            ChainUnixTime = opportunity.Clock.UnixTime,
            GrossProfit = opportunity.GrossProfit.Value,
            ProfitBound = opportunity.ProfitBound.Value,
            Certificate = (uint)opportunity.Certificate,
            Value = decision.Value.Value,
            ParametersHash = Bytes(decision.Inputs.ParametersHash),
            PolicyHash = Bytes(decision.Inputs.PolicyHash),
            PosteriorId = Bytes(decision.Inputs.Posterior.Value),
            RandomKey = decision.Draws.Key.Value,
            RandomSeq = decision.Draws.Sequence,
            Action = (uint)decision.Action,
            Reason = (uint)decision.Reason,
            OpenSubmissions = (uint)decision.OpenSubmissions,
            Taken = decision.IsTaken,
        };
        core.Checks.AddRange(decision.Checks.Select(check => new RuleCheck
        {
            Rule = (uint)check.Rule,
            Limit = check.Limit,
            Observed = check.Observed,
            Passed = check.Passed,
            Scope = (uint)check.Subject.Scope,
            Subject = check.Subject.Address.IsZero ? ByteString.Empty : ByteString.CopyFrom(
                check.Subject.Address.ToArray()),
            Used = check.Used,
        }));
        if (decision.Choice is { } choice) core.Choice = Choice(decision, choice);
        if (decision.Surroundings is { } around) core.Surroundings = Surroundings(decision, around);
        if (decision.Action != DecisionAction.Skip)
        {
            AddInputs(core, opportunity);
            if (decision.Inputs.SizingHash is { } sizing) core.SizingHash = Bytes(sizing);
        }
        if (decision.Action != DecisionAction.Submit) return core;
        core.Tip = decision.Choice!.Value.Tip.Value;
        core.Route = (uint)decision.Choice.Value.Arm.Route;
        core.Message = ByteString.CopyFrom(decision.Message.Span);
        core.MessageHash = Bytes(Digest.Of(decision.Message.Span));
        return core;
    }

    private static Surroundings Surroundings(Decision decision, in Domain.Learning.Surroundings around)
    {
        var (context, sampler) = (decision.Context!.Value, decision.Inputs.Sampler);
        var features = new double[Domain.Learning.FeatureVector.Length];
        context.Features.CopyTo(features);
        var record = new Surroundings
        {
            Congestion = around.Congestion,
            IsYoung = around.IsYoung,
            SlotPosition = around.SlotPosition,
            PoolFraction = around.PoolFraction,
            MarketFraction = around.MarketFraction,
            SurvivalBin = context.SurvivalBin,
            Chance = sampler.ChanceIn(context.Value),
            Dual = sampler.Dual,
        };
        record.Features.AddRange(features);
        if (decision.Action != DecisionAction.Submit) return record;
        var draws = new double[sampler.DrawsCount];
        sampler.WriteDraws(context, decision.Draws, draws);
        record.Draws.AddRange(draws);
        return record;
    }

    private static Choice Choice(Decision decision, in Domain.Learning.ArmChoice choice)
    {
        var record = new Choice
        {
            Arm = choice.Index,
            TipBps = (uint)choice.Arm.TipBasisPoints,
            Score = choice.Best.Score,
            IsRandomised = choice.IsRandomised,
            Candidates = (uint)choice.CandidatesCount,
            Exploration = choice.Exploration,
            TipCap = decision.Context!.Value.TipCap.Value,
            StandardCost = decision.Context.Value.StandardRouteCost.Value,
            FastCost = decision.Context.Value.FastRouteCost.Value,
        };
        Domain.Learning.ArmScore[] best = [choice.Best, choice.Second, choice.Third];
        record.Best.AddRange(best.Where(score => !score.IsNone).Select(
            score => new ArmScore { Arm = (uint)score.Arm, Score = score.Score }));
        return record;
    }

    private static void AddInputs(DecisionCore core, Opportunity opportunity)
    {
        core.Hops.AddRange(opportunity.Hops.Select(hop => new HopAmounts
        {
            Pool = ByteString.CopyFrom(hop.Hop.Pool.Address.ToArray()),
            Direction = (uint)hop.Hop.Direction,
            AmountIn = hop.AmountIn.Units,
            AmountOut = hop.AmountOut.Units,
        }));
        core.Accounts.AddRange(opportunity.Accounts.ToArray().Select(use => new Contracts.V1.AccountUse
        {
            Key = ByteString.CopyFrom(use.Key.ToArray()),
            Owner = ByteString.CopyFrom(use.Owner.ToArray()),
            Slot = use.Slot.Value,
            WriteVersion = use.WriteVersion,
            Hash = Bytes(use.Hash),
        }));
    }

    private static ByteString Bytes(Digest digest) => ByteString.CopyFrom(digest.ToArray());
}
