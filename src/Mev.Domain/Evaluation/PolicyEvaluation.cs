namespace Mev.Domain.Evaluation;

/// <summary>A policy on recorded decisions: those with support, and those of which only the model speaks.</summary>
public sealed record PolicyEvaluation
{
    /// <summary>Lamports a decision, of those with support.</summary>
    public required OffPolicyEstimates Profit { get; init; }

    /// <summary>Landed of offered, of those with support.</summary>
    public required OffPolicyEstimates Landing { get; init; }

    /// <summary>Lamports a decision, of those without.</summary>
    public required OffPolicyEstimates UnsupportedProfit { get; init; }

    /// <summary>Landed of offered, of those without.</summary>
    public required OffPolicyEstimates UnsupportedLanding { get; init; }

    /// <summary>Records that do not tell how far chance explored.</summary>
    public required int NotRecorded { get; init; }

    /// <summary>Chances that were too large for the calibration slice.</summary>
    public required int NotExplored { get; init; }

    /// <summary>Decisions that the policy skips and the sampler never would have.</summary>
    public required int NeverSkipped { get; init; }

    /// <summary>The sums over decisions, in their order.</summary>
    public static PolicyEvaluation Of(IReadOnlyCollection<EvaluatedDecision> decisions)
    {
        var given = decisions.Where(decision => decision.Support == Support.Given).ToList();
        var others = decisions.Where(decision => decision.Support != Support.Given).ToList();
        return new PolicyEvaluation
        {
            Profit = OffPolicyEstimates.Of(given.ConvertAll(decision => decision.Profit), hasSupport: true),
            Landing = OffPolicyEstimates.Of(given.ConvertAll(decision => decision.Landing), hasSupport: true),
            UnsupportedProfit = OffPolicyEstimates.Of(others.ConvertAll(one => one.Profit), hasSupport: false),
            UnsupportedLanding = OffPolicyEstimates.Of(others.ConvertAll(one => one.Landing), hasSupport: false),
            NotRecorded = others.Count(decision => decision.Support == Support.NotRecorded),
            NotExplored = others.Count(decision => decision.Support == Support.NotExplored),
            NeverSkipped = others.Count(decision => decision.Support == Support.NeverSkipped),
        };
    }
}
