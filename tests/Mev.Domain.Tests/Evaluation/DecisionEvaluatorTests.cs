using Mev.Domain.Chain;
using Mev.Domain.Evaluation;
using Mev.Domain.Learning;
using Mev.Domain.Tests.Learning;

namespace Mev.Domain.Tests.Evaluation;

/// <summary>Propensities of real draws: the weights are those of the policy that is asked for.</summary>
public sealed class DecisionEvaluatorTests
{
    private const int Redraws = 8;

    private static readonly LoggedMarket Market = new();

    [Theory]
    [InlineData("recorded")]
    [InlineData("sampler")]
    [InlineData("greedy")]
    [InlineData("uniform")]
    [InlineData("fixed-0.45-fast")]
    [InlineData("fixed-0.45-standard")]
    [InlineData("bonus-0.5")]
    public void Weights_of_any_policy_are_1_in_the_mean_however_few_draws_are_repeated(string name)
    {
        foreach (var redraws in (int[])[0, Redraws])
        {
            var weights = Evaluate(name, seed: 1, count: 2_000, redraws).ConvertAll(one => one.Profit.Weight);
            Assert.InRange(Math.Abs(DistanceFrom1(weights)), 0.0, 4.0);
        }
    }

    [Fact]
    public void Repetitions_make_the_weights_less_extreme()
    {
        Assert.True(Effective(Redraws) > 1.5 * Effective(redraws: 0));

        static double Effective(int redraws) => PolicyEvaluation.Of(
            Evaluate("bonus-0.5", seed: 2, count: 1_000, redraws)).Profit.EffectiveRows;
    }

    [Fact]
    public void The_truth_of_uniform_play_lies_in_its_intervals_at_their_rate()
    {
        const int Runs = 40;
        var market = new LoggedMarket(exploration: 0.5);
        var truth = FactoredArms.All.Average(LoggedMarket.Landing);
        var (byWeights, byBoth) = (0, 0);
        for (var run = 1UL; run <= Runs; run++)
        {
            var landing = PolicyEvaluation.Of(Evaluate("uniform", seed: 100 + run, count: 1_200, redraws: 1, market))
                .Landing;
            Assert.Equal("", landing.Refusal);
            byWeights += Holds(landing.SelfNormalised, truth);
            byBoth += Holds(landing.DoublyRobust, truth);
        }
        Assert.InRange(byWeights, 33, Runs); // of 38 expected; 33 is three and a half deviations below
        Assert.InRange(byBoth, 33, Runs);

        static int Holds(OffPolicyEstimate? estimate, double truth) =>
            estimate is { } it && it.Low <= truth && truth <= it.High ? 1 : 0;
    }

    [Theory]
    [InlineData(Mutation.None, true)]
    [InlineData(Mutation.ExplorationForgotten, false)]
    [InlineData(Mutation.ExplorationAlone, false)]
    [InlineData(Mutation.SliceCountedOnTop, false)]
    [InlineData(Mutation.OwnDrawLeftOut, false)]
    public void A_wrong_propensity_is_told_from_the_right_one_by_its_weights(Mutation mutation, bool isRight)
    {
        var (uniform, sampled) = (new List<double>(), new List<double>());
        foreach (var decision in Market.Decisions(seed: 7, count: 3_000))
        {
            var look = new Look(decision, Market.Sampler, Redraws);
            var propensity = Wrongly(decision, look, mutation);
            uniform.Add(decision.Arm < 0 ? 0.0 : 1.0 / (look.Candidates * propensity));
            sampled.Add(look.Drawn.ShareOf(decision.Arm < 0 ? FactoredArms.Count : decision.Arm) / propensity);
        }
        var areRight = Math.Abs(DistanceFrom1(uniform)) < 4.0 && Math.Abs(DistanceFrom1(sampled)) < 4.0;
        Assert.Equal(isRight, areRight);
    }

    [Fact]
    public void Propensities_are_those_of_all_that_could_be_played()
    {
        foreach (var decision in Market.Decisions(seed: 3, count: 50))
        {
            var look = new Look(decision, Market.Sampler, Redraws);
            var sum = Enumerable.Range(0, FactoredArms.Count + 1).Sum(look.PropensityOf);
            Assert.Equal(1.0, sum, 1e-12);
            Assert.True(look.PropensityOf(decision.Arm < 0 ? FactoredArms.Count : decision.Arm) > 0.0);
        }
    }

    [Fact]
    public void Without_a_slice_or_its_record_there_is_no_support()
    {
        var evaluator = new DecisionEvaluator(TargetPolicy.TryParse("greedy")!, Redraws);
        var decision = Market.Decisions(seed: 4, count: 1)[0];
        Assert.Equal(Support.Given, evaluator.Of(decision, Market.Sampler)!.Value.Support);
        var old = evaluator.Of(decision with { Candidates = null, Exploration = 0.0 }, Market.Sampler)!.Value;
        Assert.Equal((Support.NotRecorded, 0.0), (old.Support, old.Profit.Weight));
        Assert.NotEqual(0.0, old.Profit.TargetExpected);

        var large = Market.Decide(FactoredEvents.Context(9_000_000), decision.Draws, 0.5);
        Assert.Equal(0.0, large.Exploration);
        Assert.Equal(Support.NotExplored, evaluator.Of(large, Market.Sampler)!.Value.Support);

        var capped = FactoredEvents.Context() with { TipCap = new Lamports(1_000_000) }; // 25 % of 4,000,000
        var never = new DecisionEvaluator(TargetPolicy.TryParse("fixed-0.75-fast")!, Redraws)
            .Of(Market.Decide(capped, decision.Draws, 0.5), Market.Sampler)!.Value;
        Assert.Equal(Support.NeverSkipped, never.Support);
        Assert.Equal(0.0, never.Profit.TargetExpected); // a tip that is not allowed is a skip
    }

    [Fact]
    public void A_record_that_its_belief_does_not_yield_again_is_no_evidence()
    {
        var evaluator = new DecisionEvaluator(TargetPolicy.TryParse("greedy")!, Redraws);
        var decision = Market.Decisions(seed: 5, count: 1)[0];
        Assert.Null(evaluator.Of(decision with { Arm = (decision.Arm + 1) % 94 }, Market.Sampler));
        Assert.Null(evaluator.Of(decision with { Exploration = 0.5 }, Market.Sampler));
        Assert.Null(evaluator.Of(decision with { Candidates = 93 }, Market.Sampler));
        Assert.Null(evaluator.Of(decision, new FactoredSampler(FactoredTerms.Profit)));
    }

    [Fact]
    public void Counts_per_arm_have_an_outcome_model_and_no_support()
    {
        var sampler = new BetaThompsonSampler();
        var context = FactoredEvents.Context();
        var choice = sampler.Choose(context, default);
        var decision = Market.Decide(context, default, 0.5) with
        {
            Arm = choice.Index,
            Sampled = choice.Best.Arm,
            Candidates = choice.CandidatesCount,
            Exploration = choice.Exploration,
        };
        var evaluated = new DecisionEvaluator(TargetPolicy.TryParse("fixed-0.50-standard")!, Redraws)
            .Of(decision, sampler)!.Value;
        Assert.Equal(Support.NotExplored, evaluated.Support);
        Assert.Equal(0.5, evaluated.Landing.TargetExpected, 1e-12); // the prior's mean
        Assert.Equal(0.25 * context.Value.Value, evaluated.Profit.TargetExpected, 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new DecisionEvaluator(TargetPolicy.TryParse("bonus-0.5")!, 0).Of(decision, sampler));
    }

    [Theory]
    [InlineData("fixed-1.2-fast")]
    [InlineData("fixed-0.5-slow")]
    [InlineData("fixed-0.5")]
    [InlineData("bonus-2.1")]
    [InlineData("bonus--1")]
    [InlineData("Greedy")]
    [InlineData("")]
    public void What_is_no_policy_is_none(string name) => Assert.Null(TargetPolicy.TryParse(name));

    public enum Mutation
    {
        None,
        ExplorationForgotten,
        ExplorationAlone,
        SliceCountedOnTop,
        OwnDrawLeftOut,
    }

    private static double Wrongly(LoggedDecision decision, in Look look, Mutation mutation)
    {
        var played = decision.Arm < 0 ? FactoredArms.Count : decision.Arm;
        var drawn = look.Drawn.ShareOf(played);
        var slice = decision.Arm < 0 ? 0.0 : decision.Exploration / look.Candidates;
        var own = decision.Sampled == decision.Arm ? 1.0 / (Redraws + 1) : 0.0;
        return mutation switch
        {
            Mutation.ExplorationForgotten => Math.Max(drawn, 1e-12),
            Mutation.ExplorationAlone => Math.Max(slice, 1e-12),
            Mutation.SliceCountedOnTop => slice + drawn,
            Mutation.OwnDrawLeftOut =>
                Math.Max(slice + (1.0 - decision.Exploration) * (drawn - own) * (Redraws + 1) / Redraws, 1e-12),
            _ => look.PropensityOf(played),
        };
    }

    private static List<EvaluatedDecision> Evaluate(
        string name, ulong seed, int count, int redraws, LoggedMarket? market = null)
    {
        market ??= Market;
        var evaluator = new DecisionEvaluator(TargetPolicy.TryParse(name)!, redraws);
        return market.Decisions(seed, count).ConvertAll(decision => evaluator.Of(decision, market.Sampler)!.Value);
    }

    private static double DistanceFrom1(List<double> weights)
    {
        var mean = weights.Average();
        var deviation = Math.Sqrt(weights.Average(weight => (weight - mean) * (weight - mean)));
        return (mean - 1.0) / Math.Max(1e-12, deviation / Math.Sqrt(weights.Count));
    }
}
