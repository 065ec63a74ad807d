using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Decisions;

/// <summary>
/// Decides: limits, then the sampler, then the message. A pure function of recorded inputs; a change of any output byte
/// needs a new <see cref="Version"/>.
/// </summary>
public static class DecisionKernel
{
    /// <summary>Stands in every record; old versions stay replayable.</summary>
    public const int Version = 1;

    /// <summary>What the strategy does with <paramref name="opportunity"/>.</summary>
    /// <param name="opportunity">The chance.</param>
    /// <param name="inputs">Parameters, policy and posterior.</param>
    /// <param name="builder">Builds the message; itself made from the parameters.</param>
    /// <param name="openSubmissions">Submissions of the strategy that are open, those of this batch included.</param>
    /// <param name="isTaken">Another strategy holds the opportunity.</param>
    public static Decision Decide(
        Opportunity opportunity, DecisionInputs inputs, IBundleBuilder builder, int openSubmissions, bool isTaken)
    {
        var policy = inputs.Policy;
        var value = opportunity.GrossProfit - builder.LandingFee;
        var checks = new Checklist();
        var decision = new Decision
        {
            Opportunity = opportunity,
            Action = DecisionAction.Skip,
            Reason = DecisionReason.Taken,
            Value = value,
            Checks = [],
            Context = null,
            Choice = null,
            Message = default,
            Inputs = inputs,
            Draws = DrawStream.For(inputs.Key, opportunity.Id),
            IsTaken = isTaken,
            OpenSubmissions = openSubmissions,
        };
        if (!checks.Pass(LimitRule.NotStopped, 0, policy.IsStopped ? 1 : 0))
            return Refuse(decision, DecisionAction.Block, DecisionReason.Stopped, checks);
        if (!checks.Pass(LimitRule.WsolBase, 0, opportunity.BaseMint == Mints.Wsol ? 0 : 1))
            return Refuse(decision, DecisionAction.Block, DecisionReason.NotWsolBased, checks);
        if (!checks.PassLeast(LimitRule.MinimumProfit, policy.MinimumProfit.Value, value.Value))
            return Refuse(decision, DecisionAction.Skip, DecisionReason.BelowMinimumProfit, checks);
        var amountIn = opportunity.AmountIn.Units;
        if (!checks.Pass(LimitRule.AmountIn, Signed(policy.AmountInMax.Units), Signed(amountIn)))
            return Refuse(decision, DecisionAction.Block, DecisionReason.AmountInAboveLimit, checks);
        if (!checks.Pass(LimitRule.OpenSubmissions, policy.OpenSubmissionsMax, openSubmissions + 1))
            return Refuse(decision, DecisionAction.Block, DecisionReason.TooManyOpen, checks);
        return Choose(decision, builder, checks);
    }

    private static Decision Choose(Decision decision, IBundleBuilder builder, Checklist checks)
    {
        var policy = decision.Inputs.Policy;
        var context = new ChoiceContext
        {
            Value = decision.Value,
            TipFloor = Arm.TipMin,
            TipCap = policy.TipMax,
            FastRouteCost = builder.RouteFee(Route.Fast),
            StandardRouteCost = builder.RouteFee(Route.Standard),
        };
        var choice = decision.Inputs.Sampler.Choose(context, decision.Draws);
        var chosen = decision with { Context = context, Choice = choice, Checks = checks.Done() };
        if (choice.IsSkip) return chosen with { Reason = DecisionReason.NoArmAboveZero };
        if (decision.IsTaken) return chosen;
        return chosen with
        {
            Action = DecisionAction.Submit,
            Reason = DecisionReason.None,
            Message = builder.Build(decision.Opportunity, choice.Arm.Route, choice.Tip, decision.Draws),
        };
    }

    private static Decision Refuse(Decision decision, DecisionAction action, DecisionReason reason, Checklist checks) =>
        decision with { Action = action, Reason = reason, Checks = checks.Done() };

    private static long Signed(ulong units) => units > long.MaxValue ? long.MaxValue : (long)units;

    /// <summary>Collects rule checks in the order in which they were made.</summary>
    private sealed class Checklist
    {
        private readonly ImmutableArray<RuleCheck>.Builder _checks = ImmutableArray.CreateBuilder<RuleCheck>(6);

        public bool Pass(LimitRule rule, long most, long observed) => Add(rule, most, observed, observed <= most);

        public bool PassLeast(LimitRule rule, long least, long observed) =>
            Add(rule, least, observed, observed >= least);

        public ImmutableArray<RuleCheck> Done() => _checks.ToImmutable();

        private bool Add(LimitRule rule, long limit, long observed, bool passed)
        {
            _checks.Add(new RuleCheck(rule, limit, observed, passed));
            return passed;
        }
    }
}
