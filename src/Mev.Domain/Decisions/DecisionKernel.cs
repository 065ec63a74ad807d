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
    public static Decision Decide(
        Opportunity opportunity, DecisionInputs inputs, IBundleBuilder builder, int openSubmissions, bool isTaken,
        Surroundings? surroundings = null, int equalFailures = 0)
    {
        var value = opportunity.GrossProfit - builder.LandingFee;
        var checks = new Checklist(stackalloc RuleCheck[Checklist.ChecksMax]);
        var (action, reason) = Limits(
            opportunity, inputs.Policy, value, openSubmissions, equalFailures, ref checks);
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
            Checks = checks.Done(),
            Context = context,
            Choice = choice,
            Surroundings = seen,
            Message = message,
            Inputs = inputs,
            Draws = draws,
            IsTaken = isTaken,
            OpenSubmissions = openSubmissions,
            EqualFailures = equalFailures,
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
        if (!checks.Pass(LimitRule.AmountIn, Signed(policy.AmountInMax.Units), Signed(opportunity.AmountIn.Units)))
            return (DecisionAction.Block, DecisionReason.AmountInAboveLimit);
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

    private static long Signed(ulong units) => units > long.MaxValue ? long.MaxValue : (long)units;

    /// <summary>Collects rule checks in the order in which they were made.</summary>
    private ref struct Checklist(Span<RuleCheck> checks)
    {
        public const int ChecksMax = 7;

        private readonly Span<RuleCheck> _checks = checks;
        private int _count;

        public bool Pass(LimitRule rule, long most, long observed) => Add(rule, most, observed, observed <= most);

        public bool PassLeast(LimitRule rule, long least, long observed) =>
            Add(rule, least, observed, observed >= least);

        public readonly ImmutableArray<RuleCheck> Done() => [.. _checks[.._count]];

        private bool Add(LimitRule rule, long limit, long observed, bool passed)
        {
            _checks[_count++] = new RuleCheck(rule, limit, observed, passed);
            return passed;
        }
    }
}
