using Mev.Domain.Evaluation;

namespace Mev.Domain.Tests.Evaluation;

/// <summary>Known answers of the estimators, and what they refuse.</summary>
public sealed class OffPolicyEstimatesTests
{
    [Fact]
    public void Estimates_and_errors_are_those_of_the_formulas()
    {
        // weights 2, 0, 1, 1; values 10, 4, 6, 0; of each a hundred
        WeightedOutcome[] four =
        [
            new(2.0, 10.0, 8.0, 5.0), new(0.0, 4.0, 4.0, 5.0), new(1.0, 6.0, 8.0, 5.0), new(1.0, 0.0, 2.0, 5.0),
        ];
        var estimates = Of(Enumerable.Repeat(four, 100).SelectMany(outcomes => outcomes));

        Assert.Equal((400, ""), (estimates.Rows, estimates.Refusal));
        Assert.Equal(1.0, estimates.MeanWeight, 1e-12);
        Assert.Equal(400.0 * 400.0 / 600.0, estimates.EffectiveRows, 1e-9);
        Assert.Equal(5.0, estimates.Recorded.Value, 1e-12);
        Assert.Equal(26.0 / 4.0, estimates.InversePropensity!.Value.Value, 1e-12);
        Assert.Equal(26.0 / 4.0, estimates.SelfNormalised!.Value.Value, 1e-12);
        Assert.Equal(5.0 + (2.0 * 2.0 + 0.0 - 2.0 - 2.0) / 4.0, estimates.DoublyRobust!.Value.Value, 1e-12);
        Assert.Equal((5.0, 0.0), (estimates.Direct.Value, estimates.Direct.StandardError));
        // terms 20, 0, 6, 0 around 6.5; and 2 * 3.5, 0, -0.5, -6.5
        var spread = (13.5 * 13.5 + 6.5 * 6.5 + 0.5 * 0.5 + 6.5 * 6.5) * 100.0;
        Assert.Equal(Math.Sqrt(spread / 399.0 / 400.0), estimates.InversePropensity.Value.StandardError, 1e-12);
        var ratio = Math.Sqrt((7.0 * 7.0 + 0.5 * 0.5 + 6.5 * 6.5) * 100.0) / 400.0;
        Assert.Equal(ratio, estimates.SelfNormalised.Value.StandardError, 1e-12);
        Assert.Equal(6.5 - 1.959963984540054 * ratio, estimates.SelfNormalised.Value.Low, 1e-12);
        Assert.Equal(6.5 + 1.959963984540054 * ratio, estimates.SelfNormalised.Value.High, 1e-12);
    }

    [Fact]
    public void The_policy_that_decided_is_worth_what_it_got()
    {
        var estimates = Of(Enumerable.Range(0, 200).Select(i => new WeightedOutcome(1.0, i, 0.0, 0.0)));
        Assert.Equal(estimates.Recorded, estimates.InversePropensity);
        Assert.Equal(estimates.Recorded.Value, estimates.SelfNormalised!.Value.Value, 1e-12);
        Assert.Equal(200.0, estimates.EffectiveRows, 1e-9);
    }

    [Theory]
    [InlineData(99, 1.0, "effective sample size 99.0")]
    [InlineData(100, 1.0, "")]
    [InlineData(400, 1.1001, "mean weight 1.10")]
    [InlineData(400, 0.8999, "mean weight 0.90")]
    [InlineData(400, 1.0999, "")]
    [InlineData(400, 0.9001, "")]
    public void Few_decisions_and_weights_of_something_else_are_refused(int rows, double weight, string refusal)
    {
        var estimates = Of(Enumerable.Repeat(new WeightedOutcome(weight, 1.0, 0.0, 0.5), rows));
        Assert.Equal(refusal.Length == 0, estimates.Refusal.Length == 0);
        Assert.StartsWith(refusal, estimates.Refusal);
        Assert.Equal(refusal.Length == 0, estimates.InversePropensity is not null);
        Assert.Equal(refusal.Length == 0, estimates.SelfNormalised is not null);
        Assert.Equal(refusal.Length == 0, estimates.DoublyRobust is not null);
        Assert.Equal(0.5, estimates.Direct.Value, 1e-12);
    }

    /// <summary>
    /// As when uniform play is to be told from a log that explores little: a naive estimate there is noise.
    /// </summary>
    [Fact]
    public void A_sum_that_two_decisions_carry_is_refused()
    {
        var outcomes = Enumerable.Repeat(new WeightedOutcome(0.1, 0.0, 0.0, 0.0), 10_000).ToList();
        outcomes.AddRange(Enumerable.Repeat(new WeightedOutcome(15_000.0, 1.0, 0.0, 0.0), 2));
        var estimates = Of(outcomes);
        Assert.InRange(estimates.MeanWeight, 3.0, 3.2);
        Assert.InRange(estimates.EffectiveRows, 2.0, 2.3);
        Assert.StartsWith("effective sample size 2.1", estimates.Refusal);
    }

    [Fact]
    public void Without_support_only_the_model_speaks_and_nothing_of_nothing_is_no_number()
    {
        var unsupported = OffPolicyEstimates.Of(
            [.. Enumerable.Repeat(new WeightedOutcome(1.0, 1.0, 0.0, 3.0), 500)], hasSupport: false);
        Assert.Equal("no support", unsupported.Refusal);
        Assert.Null(unsupported.DoublyRobust);
        Assert.Equal(3.0, unsupported.Direct.Value, 1e-12);
        Assert.Equal(default, Of([]).Direct);
        Assert.StartsWith("effective sample size 0.0", Of([]).Refusal);
    }

    private static OffPolicyEstimates Of(IEnumerable<WeightedOutcome> outcomes) =>
        OffPolicyEstimates.Of([.. outcomes], hasSupport: true);
}
