using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;

namespace Mev.Journal.Audit;

/// <summary>
/// Writes what the kernel computed as the record's core. The decision hash is SHA-256 of the core's bytes: 'the same
/// decisions, hash for hash' compares these.
/// </summary>
public static class DecisionCores
{
    /// <summary>The core of a decision. Skips are compact: the opportunity id commits them to their inputs.</summary>
    public static DecisionCore Of(Domain.Decisions.Decision decision)
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
        AddChecks(core, decision);
        if (decision.Choice is { } choice) core.Choice = Of(choice);
        if (decision.Action != DecisionAction.Skip) AddInputs(core, decision);
        if (decision.Action == DecisionAction.Submit) AddMessage(core, decision);
        return core;
    }

    /// <summary>SHA-256 of the core's bytes.</summary>
    public static Digest HashOf(DecisionCore core) => Digest.Of(core.ToByteArray());

    private static void AddChecks(DecisionCore core, Domain.Decisions.Decision decision)
    {
        foreach (var check in decision.Checks)
        {
            core.Checks.Add(new RuleCheck
            {
                Rule = (uint)check.Rule,
                Limit = check.Limit,
                Observed = check.Observed,
                Passed = check.Passed,
            });
        }
    }

    private static Choice Of(in ArmChoice choice)
    {
        var record = new Choice
        {
            Arm = choice.Best.Arm,
            TipBps = (uint)choice.Arm.TipBasisPoints,
            Score = choice.Best.Score,
        };
        ReadOnlySpan<Domain.Learning.ArmScore> best = [choice.Best, choice.Second, choice.Third];
        foreach (var score in best)
        {
            if (!score.IsNone)
                record.Best.Add(new Contracts.V1.ArmScore { Arm = (uint)score.Arm, Score = score.Score });
        }
        return record;
    }

    private static void AddInputs(DecisionCore core, Domain.Decisions.Decision decision)
    {
        if (decision.Inputs.SizingHash is { } sizing) core.SizingHash = Bytes(sizing);
        foreach (var hop in decision.Opportunity.Hops)
        {
            core.Hops.Add(new HopAmounts
            {
                Pool = UnsafeByteOperations.UnsafeWrap(hop.Hop.Pool.Address.ToArray()),
                Direction = (uint)hop.Hop.Direction,
                AmountIn = hop.AmountIn.Units,
                AmountOut = hop.AmountOut.Units,
            });
        }
        foreach (var use in decision.Opportunity.Accounts)
        {
            core.Accounts.Add(new AccountUse
            {
                Key = UnsafeByteOperations.UnsafeWrap(use.Key.ToArray()),
                Owner = UnsafeByteOperations.UnsafeWrap(use.Owner.ToArray()),
                Slot = use.Slot.Value,
                WriteVersion = use.WriteVersion,
                Hash = Bytes(use.Hash),
            });
        }
    }

    private static void AddMessage(DecisionCore core, Domain.Decisions.Decision decision)
    {
        var choice = decision.Choice!.Value;
        core.Tip = choice.Tip.Value;
        core.Route = (uint)choice.Arm.Route;
        core.Message = UnsafeByteOperations.UnsafeWrap(decision.Message);
        core.MessageHash = Bytes(Digest.Of(decision.Message.Span));
    }

    private static ByteString Bytes(Digest digest) => UnsafeByteOperations.UnsafeWrap(digest.ToArray());
}
