using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Tests.Decisions;

public sealed class DecisionKernelTests
{
    private static readonly StrategyParameters Parameters = new() { Id = "arb-1" };

    [Fact]
    public void A_chance_worth_a_tip_is_submitted_with_a_message_that_says_all()
    {
        var decision = Decide(Chances.Of(5_000_000), new Policy());
        Assert.Equal((DecisionAction.Submit, DecisionReason.None), (decision.Action, decision.Reason));
        Assert.Equal(new Lamports(4_995_000), decision.Value);
        Assert.All(decision.Checks, check => Assert.True(check.Passed));
        Assert.True(PaperOrder.TryDecode(decision.Message.Span, out var order));
        Assert.Equal(decision.Choice!.Value.Tip, order!.Tip);
        Assert.Equal(decision.Opportunity.Hops.Select(hop => hop.Hop), order.Hops);
        Assert.Equal(100UL + (order.Route == Route.Fast ? 1UL : 2UL), order.LandsIn.Value);
        Assert.True(order.TipFloor >= new Lamports(1_000));
    }

    [Fact]
    public void The_same_inputs_give_the_same_message() =>
        Assert.Equal(
            Decide(Chances.Of(5_000_000), new Policy()).Message.ToArray(),
            Decide(Chances.Of(5_000_000), new Policy()).Message.ToArray());

    [Fact]
    public void A_stop_blocks_before_anything_is_drawn()
    {
        var decision = Decide(Chances.Of(5_000_000), new Policy { IsStopped = true });
        Assert.Equal((DecisionAction.Block, DecisionReason.Stopped), (decision.Action, decision.Reason));
        Assert.Null(decision.Choice);
        Assert.False(decision.Checks[^1].Passed);
        Assert.True(decision.Message.IsEmpty);
    }

    [Theory]
    [InlineData(14_999, DecisionReason.BelowMinimumProfit)]
    [InlineData(15_000, DecisionReason.None)]
    public void The_minimum_profit_counts_after_the_landing_fee(long grossProfit, DecisionReason reason)
    {
        var isBelow = Decide(Chances.Of(grossProfit), new Policy()).Reason == DecisionReason.BelowMinimumProfit;
        Assert.Equal(reason == DecisionReason.BelowMinimumProfit, isBelow);
    }

    [Fact]
    public void A_cycle_of_another_base_mint_is_never_submitted() =>
        Assert.Equal(
            DecisionReason.NotWsolBased,
            Decide(Chances.Of(5_000_000, baseMint: Mints.Usdc), new Policy()).Reason);

    [Fact]
    public void An_input_above_the_limit_is_blocked()
    {
        var policy = new Policy { AmountInMax = new TokenAmount(999) };
        Assert.Equal(DecisionReason.AmountInAboveLimit, Decide(Chances.Of(5_000_000, 1_000), policy).Reason);
        Assert.NotEqual(DecisionReason.AmountInAboveLimit, Decide(Chances.Of(5_000_000, 999), policy).Reason);
    }

    [Fact]
    public void The_limit_of_open_submissions_counts_this_one_too()
    {
        var policy = new Policy { OpenSubmissionsMax = 2 };
        Assert.Equal(DecisionReason.TooManyOpen, Decide(Chances.Of(5_000_000), policy, open: 2).Reason);
        Assert.Equal(DecisionReason.None, Decide(Chances.Of(5_000_000), policy, open: 1).Reason);
    }

    [Theory]
    [InlineData(0, DecisionReason.None)]
    [InlineData(2, DecisionReason.None)]
    [InlineData(3, DecisionReason.FailingCycle)]
    public void A_cycle_that_failed_three_times_alike_is_left_alone(int failures, DecisionReason reason)
    {
        var decision = Decide(Chances.Of(5_000_000), new Policy(), failures: failures);
        Assert.Equal(reason, decision.Reason);
        Assert.Equal(failures > 0, decision.Checks.Any(check => check.Rule == LimitRule.EqualFailures));
    }

    [Fact]
    public void No_tip_is_above_the_policys_cap()
    {
        var policy = new Policy { TipMax = new Lamports(300_000) };
        for (var profit = 1_000_000; profit < 1_000_200; profit++)
        {
            var decision = Decide(Chances.Of(profit), policy);
            Assert.True(decision.Choice!.Value.Tip <= policy.TipMax);
        }
    }

    [Fact]
    public void What_another_strategy_holds_is_skipped_and_keeps_its_draw()
    {
        var free = Decide(Chances.Of(5_000_000), new Policy());
        var taken = Decide(Chances.Of(5_000_000), new Policy(), isTaken: true);
        Assert.Equal((DecisionAction.Skip, DecisionReason.Taken), (taken.Action, taken.Reason));
        Assert.Equal(free.Choice, taken.Choice);
        Assert.True(taken.Message.IsEmpty);
    }

    [Theory]
    [InlineData(8, DecisionReason.None)]
    [InlineData(9, DecisionReason.WaitedTooLong)]
    public void What_waited_beyond_the_bound_is_skipped_before_anything_is_drawn(long slots, DecisionReason reason)
    {
        var decision = Decide(Chances.Of(5_000_000) with { Waited = new Wait(slots, 8) }, new Policy());
        Assert.Equal(reason, decision.Reason);
        Assert.Equal(reason == DecisionReason.None, decision.Choice is not null);
        Assert.Equal(new RuleCheck(LimitRule.Wait, 8, slots, slots <= 8), decision.Checks[0]);
    }

    [Fact]
    public void In_lock_step_nothing_waits_and_a_block_keeps_its_inputs()
    {
        var policy = new Policy { OpenSubmissionsMax = 0 };
        var inLockStep = Decide(Chances.Of(5_000_000), policy);
        Assert.DoesNotContain(inLockStep.Checks, check => check.Rule == LimitRule.Wait);
        Assert.False(inLockStep.IsCompact);
    }

    /// <summary>At that limit every chance is a block.</summary>
    [Fact]
    public void While_conflating_a_block_that_is_not_the_chances_is_compact()
    {
        var chance = Chances.Of(5_000_000, 1_000) with { Waited = new Wait(0, 8) };
        Assert.True(Decide(chance, new Policy { OpenSubmissionsMax = 0 }).IsCompact);
        Assert.True(Decide(chance, new Policy { IsStopped = true }).IsCompact);
        Assert.False(Decide(chance, new Policy { AmountInMax = new TokenAmount(999) }).IsCompact);
        Assert.False(Decide(chance, new Policy()).IsCompact);
    }

    [Theory]
    [InlineData(SamplerKind.Factored)]
    [InlineData(SamplerKind.FactoredFloor)]
    public void A_sampler_that_looks_around_is_told_and_the_decision_keeps_what(SamplerKind kind)
    {
        var around = Surroundings.Unknown with { Congestion = 2.0, SlotPosition = 0.9 };
        var decision = Decide(kind, Chances.Of(5_000_000), around);
        var value = decision.Value;
        Assert.Equal(around, decision.Surroundings);
        Assert.Equal((around.FeaturesOf(value), (byte)3), (decision.Context!.Value.Features,
            decision.Context.Value.SurvivalBin));
        Assert.Equal(Surroundings.Unknown, Decide(kind, Chances.Of(5_000_000), null).Surroundings);
        Assert.Null(Decide(kind, Chances.Of(1), around).Surroundings); // a rule decided first
        Assert.Null(Decide(SamplerKind.BetaThompson, Chances.Of(5_000_000), around).Surroundings);
    }

    [Fact]
    public void A_value_of_nothing_is_skipped_by_every_kind()
    {
        var policy = new Policy { MinimumProfit = new Lamports(-1_000_000) };
        foreach (var kind in new[] { SamplerKind.BetaThompson, SamplerKind.Factored, SamplerKind.FactoredFloor })
        {
            var decision = Decide(kind, Chances.Of(1_000), Surroundings.Unknown, policy);
            Assert.Equal(DecisionReason.NoArmAboveZero, decision.Reason);
        }
    }

    private static Decision Decide(
        SamplerKind kind, Opportunity opportunity, Surroundings? around, Policy? policy = null)
    {
        var parameters = Parameters with { Sampler = kind };
        var inputs = new DecisionInputs(parameters, policy ?? new Policy(), Samplers.Prior(kind));
        return DecisionKernel.Decide(
            opportunity, inputs, new PaperOrderBuilder(parameters), 0, isTaken: false, around);
    }

    private static Decision Decide(
        Opportunity opportunity, Policy policy, int open = 0, bool isTaken = false, int failures = 0) =>
        DecisionKernel.Decide(
            opportunity,
            new DecisionInputs(Parameters, policy, Samplers.Prior(SamplerKind.BetaThompson)),
            new PaperOrderBuilder(Parameters),
            open,
            isTaken,
            equalFailures: failures);
}
