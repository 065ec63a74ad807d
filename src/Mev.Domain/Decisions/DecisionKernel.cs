using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Decisions;

/// <summary>
/// Decides: limits, then the sampler, then the message. A pure function of recorded inputs; a change of any output byte
/// needs a new <see cref="Version"/>.
/// </summary>
public static class DecisionKernel
{
    /// <summary>
    /// Stands in every record; old versions stay replayable. From 2 on a choice tells how far chance explored and what
    /// tips and routes could cost, so that what a past decision's arms were is known from its record.
    /// </summary>
    public const int Version = 2;

    /// <summary>The first version that is replayable.</summary>
    public const int VersionMin = 1;

    /// <summary>What the strategy does with <paramref name="opportunity"/>.</summary>
    /// <param name="opportunity">The chance.</param>
    /// <param name="inputs">Parameters, policy and posterior.</param>
    /// <param name="builder">Builds the message; itself made from the parameters.</param>
    /// <param name="openSubmissions">Submissions of the strategy that are open, those of this batch included.</param>
    /// <param name="isTaken">Another strategy holds the opportunity.</param>
    /// <param name="surroundings">For a sampler that looks at them; null when nothing is known.</param>
    /// <param name="equalFailures">Failures of the cycle in a row for the same reason.</param>
    /// <param name="use">What is used of caps, submits of this batch included; null for nothing.</param>
    public static Decision Decide(
        Opportunity opportunity, DecisionInputs inputs, IBundleBuilder builder, int openSubmissions, bool isTaken,
        Surroundings? surroundings = null, int equalFailures = 0, CapUse? use = null)
    {
        var value = opportunity.GrossProfit - builder.LandingFee;
        var checksMax = Checklist.ChecksMax + inputs.Caps.ChecksMax(opportunity.Hops.Length);
        var checks = new Checklist(stackalloc RuleCheck[checksMax]); // of 4 hops and their tokens 37 at most
        var (action, reason) = Limits(
            opportunity, inputs.Policy, value, openSubmissions, equalFailures, ref checks);
        if (action == DecisionAction.Unknown)
        {
            reason = CapRules.Look(opportunity, inputs.Caps, use ?? CapUse.None, openSubmissions, ref checks);
            if (reason != DecisionReason.None) action = DecisionAction.Block;
        }
        var draws = DrawStream.For(inputs.Key, opportunity.Id);
        ChoiceContext? context = null;
        ArmChoice? choice = null;
        Surroundings? seen = null;
        ReadOnlyMemory<byte> message = default;
        if (action == DecisionAction.Unknown)
        {
            seen = inputs.Sampler.Kind.UsesSurroundings()
                ? (surroundings ?? Surroundings.Unknown).With(inputs.Model, value)
                : null;
            context = Context(value, inputs, builder, seen);
            var chosen = inputs.Sampler.Choose(context.Value, draws);
            choice = chosen;
            (action, reason) = chosen.IsSkip ? (DecisionAction.Skip, DecisionReason.NoArmAboveZero)
                : isTaken ? (DecisionAction.Skip, DecisionReason.Taken)
                : (DecisionAction.Submit, DecisionReason.None);
            if (action == DecisionAction.Submit)
            {
                var built = builder.Build(opportunity, chosen.Arm.Route, chosen.Tip, draws, inputs);
                message = built.Message;
                if (built.Refusal != DecisionReason.None) (action, reason) = (DecisionAction.Block, built.Refusal);
            }
        }
        return new Decision
        {
            Opportunity = opportunity,
            Action = action,
            Reason = reason,
            Value = value,
            Checks = Decision.Keeps(action, reason, opportunity) ? checks.All() : checks.OfNoHops(),
            Context = context,
            Choice = choice,
            Surroundings = seen,
            Message = message,
            Inputs = inputs,
            Draws = draws,
            IsTaken = isTaken,
            OpenSubmissions = openSubmissions,
            EqualFailures = equalFailures,
            Use = use ?? CapUse.None,
        };
    }

    /// <summary>The first rule that fails decides; unknown when all pass and the sampler is to be asked.</summary>
    private static (DecisionAction Action, DecisionReason Reason) Limits(
        Opportunity opportunity, Policy policy, Lamports value, int openSubmissions, int equalFailures,
        ref Checklist checks)
    {
        // Looked at only where it could wait, so what is decided in lock-step has the bytes that it always had.
        if (opportunity.Waited is { } wait && !checks.Pass(LimitRule.Wait, wait.SlotsMax, wait.Slots))
            return (DecisionAction.Skip, DecisionReason.WaitedTooLong);
        if (!checks.Pass(LimitRule.NotStopped, 0, policy.IsStopped ? 1 : 0))
            return (DecisionAction.Block, DecisionReason.Stopped);
        if (!checks.Pass(LimitRule.WsolBase, 0, opportunity.BaseMint == Mints.Wsol ? 0 : 1))
            return (DecisionAction.Block, DecisionReason.NotWsolBased);
        if (!checks.PassLeast(LimitRule.MinimumProfit, policy.MinimumProfit.Value, value.Value))
            return (DecisionAction.Skip, DecisionReason.BelowMinimumProfit);
        if (!checks.Pass(
            LimitRule.AmountIn, Checklist.Signed(policy.AmountInMax.Units),
            Checklist.Signed(opportunity.AmountIn.Units)))
        {
            return (DecisionAction.Block, DecisionReason.AmountInAboveLimit);
        }
        // Looked at only where it failed: other decisions have the bytes that they always had.
        if (equalFailures > 0 && !checks.Pass(LimitRule.EqualFailures, FailureMemory.EqualMax, equalFailures))
            return (DecisionAction.Block, DecisionReason.FailingCycle);
        if (!checks.Pass(LimitRule.OpenSubmissions, policy.OpenSubmissionsMax, openSubmissions + 1))
            return (DecisionAction.Block, DecisionReason.TooManyOpen);
        return (DecisionAction.Unknown, DecisionReason.None);
    }

    private static ChoiceContext Context(
        Lamports value, DecisionInputs inputs, IBundleBuilder builder, Surroundings? surroundings) => new()
        {
            Value = value,
            TipFloor = Arm.TipMin,
            TipCap = builder.TipCap(value, inputs),
            FastRouteCost = builder.RouteFee(Route.Fast),
            StandardRouteCost = builder.RouteFee(Route.Standard),
            Features = surroundings?.FeaturesOf(value) ?? default,
            SurvivalBin = surroundings?.SurvivalBin ?? 0,
            Offset = surroundings?.Offset ?? 0.0,
        };
}
