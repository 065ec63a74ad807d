namespace Mev.Domain.Evaluation;

/// <summary>
/// What another policy would have got on recorded chances, a decision: by inverse propensity weights, the same over the
/// sum of the weights, doubly robust, and by the outcome model alone. The first three are refused where few decisions
/// carry the sum, or where the weights are not those of this policy and these records.
/// </summary>
public sealed record OffPolicyEstimates
{
    /// <summary>Least effective sample size.</summary>
    public const double EffectiveRowsMin = 100.0;

    /// <summary>How far the mean weight, which should be 1, may be off.</summary>
    public const double MeanWeightErrorMax = 0.1;

    /// <summary>Decisions.</summary>
    public required int Rows { get; init; }

    /// <summary>How many decisions of weight 1 would tell as much: the sum's square over the sum of squares.</summary>
    public required double EffectiveRows { get; init; }

    /// <summary>Mean weight; 1 in expectation where every arm of the policy had a chance.</summary>
    public required double MeanWeight { get; init; }

    /// <summary>Why there is no weighted estimate; empty when there is.</summary>
    public required string Refusal { get; init; }

    /// <summary>What came of the decisions as they were made.</summary>
    public required OffPolicyEstimate Recorded { get; init; }

    /// <summary>IPW; null when refused.</summary>
    public required OffPolicyEstimate? InversePropensity { get; init; }

    /// <summary>SNIPW; null when refused.</summary>
    public required OffPolicyEstimate? SelfNormalised { get; init; }

    /// <summary>DR; null when refused.</summary>
    public required OffPolicyEstimate? DoublyRobust { get; init; }

    /// <summary>DM: as good as the model; its interval knows of the chances' spread alone.</summary>
    public required OffPolicyEstimate Direct { get; init; }

    /// <summary>The estimates of decisions; where they have no support the model's alone.</summary>
    public static OffPolicyEstimates Of(IReadOnlyList<WeightedOutcome> outcomes, bool hasSupport)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var outcome in outcomes)
            (sum, squares) = (sum + outcome.Weight, squares + outcome.Weight * outcome.Weight);
        var effective = squares > 0.0 ? sum * sum / squares : 0.0;
        var mean = outcomes.Count > 0 ? sum / outcomes.Count : 0.0;
        var refusal = hasSupport ? RefusalOf(effective, mean) : "no support";
        var isRefused = refusal.Length > 0;
        return new OffPolicyEstimates
        {
            Rows = outcomes.Count,
            EffectiveRows = effective,
            MeanWeight = mean,
            Refusal = refusal,
            Recorded = MeanOf(outcomes, outcome => outcome.Value),
            InversePropensity = isRefused ? null : MeanOf(outcomes, outcome => outcome.Weight * outcome.Value),
            SelfNormalised = isRefused ? null : Normalised(outcomes, sum),
            DoublyRobust = isRefused ? null : MeanOf(outcomes, outcome => outcome.DoublyRobust),
            Direct = MeanOf(outcomes, outcome => outcome.TargetExpected),
        };
    }

    private static string RefusalOf(double effective, double mean)
    {
        if (effective < EffectiveRowsMin)
        {
            return FormattableString.Invariant(
                $"effective sample size {effective:F1}, at least {EffectiveRowsMin:F0} is needed");
        }
        return Math.Abs(mean - 1.0) > MeanWeightErrorMax
            ? FormattableString.Invariant($"mean weight {mean:F2}, it may be {MeanWeightErrorMax} off 1 at most")
            : "";
    }

    private static OffPolicyEstimate MeanOf(
        IReadOnlyList<WeightedOutcome> outcomes, Func<WeightedOutcome, double> term)
    {
        if (outcomes.Count == 0) return default;
        var sum = 0.0;
        foreach (var outcome in outcomes) sum += term(outcome);
        var mean = sum / outcomes.Count;
        var squares = 0.0;
        foreach (var outcome in outcomes)
        {
            var distance = term(outcome) - mean;
            squares += distance * distance;
        }
        return new OffPolicyEstimate(mean, Math.Sqrt(squares / Math.Max(1, outcomes.Count - 1) / outcomes.Count));
    }

    /// <summary>The weighted mean; its error is that of a ratio, to the first order.</summary>
    private static OffPolicyEstimate Normalised(IReadOnlyList<WeightedOutcome> outcomes, double weights)
    {
        var sum = 0.0;
        foreach (var outcome in outcomes) sum += outcome.Weight * outcome.Value;
        var mean = sum / weights;
        var squares = 0.0;
        foreach (var outcome in outcomes)
        {
            var distance = outcome.Weight * (outcome.Value - mean);
            squares += distance * distance;
        }
        return new OffPolicyEstimate(mean, Math.Sqrt(squares) / weights);
    }
}
