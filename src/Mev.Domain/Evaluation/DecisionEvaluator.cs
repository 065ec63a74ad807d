using Mev.Domain.Learning;

namespace Mev.Domain.Evaluation;

/// <summary>
/// Evaluates a policy on recorded decisions one by one: a pure function of record and belief. The outcome model is the
/// belief of the time of the decision, which knows nothing of what came of it.
/// </summary>
/// <param name="policy">What might have been done.</param>
/// <param name="redraws">Repetitions of the sampler's draw, 0 to 256: more make the weights less extreme.</param>
public sealed class DecisionEvaluator(TargetPolicy policy, int redraws)
{
    /// <summary>Repetitions at most.</summary>
    public const int RedrawsMax = DrawPurposes.RepetitionsMax;

    /// <summary>The decision in the light of the policy; null when belief and draws do not yield it again.</summary>
    /// <param name="decision">As it was recorded.</param>
    /// <param name="sampler">The belief that it was made with.</param>
    /// <exception cref="ArgumentOutOfRangeException">The policy is none of that sampler's.</exception>
    public EvaluatedDecision? Of(LoggedDecision decision, ISampler sampler)
    {
        if (!policy.IsOf(sampler.Kind))
            throw new ArgumentOutOfRangeException(nameof(sampler), sampler.Kind, $"{policy.Name} is not of it");
        if (!IsDrawnAgain(decision, sampler)) return null;
        var isExplored = decision is { Candidates: not null, Exploration: > 0.0 };
        var look = new Look(decision, sampler, redraws, isDrawn: isExplored || policy.IsDrawn);
        var target = policy.Weigh(look);
        var played = decision.Arm < 0 ? sampler.Arms.Length : decision.Arm;
        var support = SupportOf(decision, look, target);
        var weight = support == Support.Given ? target[played] / look.PropensityOf(played) : 0.0;
        var value = (double)decision.Context.Value.Value;
        var (profit, landing) = (0.0, 0.0);
        for (var arm = 0; arm < look.Expected.Length; arm++)
        {
            profit += target[arm] * look.Expected[arm].Profit;
            landing += target[arm] * look.Expected[arm].Landing;
        }
        var expected = decision.Arm < 0 ? default : look.Expected[decision.Arm];
        return new EvaluatedDecision(
            support,
            new WeightedOutcome(weight, decision.Net.Value, value * expected.Profit, value * profit),
            new WeightedOutcome(weight, decision.HasLanded ? 1.0 : 0.0, expected.Landing, landing));
    }

    private static bool IsDrawnAgain(LoggedDecision decision, ISampler sampler)
    {
        var again = sampler.Choose(decision.Context, decision.Draws);
        return again.Index == decision.Arm && again.Best.Arm == decision.Sampled
            && (decision.Candidates is null
                || (again.CandidatesCount == decision.Candidates && again.Exploration == decision.Exploration));
    }

    private static Support SupportOf(LoggedDecision decision, in Look look, double[] target)
    {
        if (decision.Candidates is null) return Support.NotRecorded;
        if (decision.Exploration <= 0.0) return Support.NotExplored;
        return target[^1] > 0.0 && look.PropensityOf(target.Length - 1) <= 0.0 ? Support.NeverSkipped : Support.Given;
    }
}
