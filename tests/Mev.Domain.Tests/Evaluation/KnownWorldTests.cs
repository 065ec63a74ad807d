using Mev.Domain.Evaluation;

namespace Mev.Domain.Tests.Evaluation;

/// <summary>Where the truth is known: who is unbiased under which error, and whose intervals hold it.</summary>
public sealed class KnownWorldTests
{
    private const int Runs = 600;
    private const int Decisions = 2_000;

    private static readonly Lazy<List<OffPolicyEstimates>>[] Known =
        [.. Enumerable.Range(0, 4).Select(errors => new Lazy<List<OffPolicyEstimates>>(() => Run(errors)))];

    [Fact]
    public void With_the_right_propensities_every_weighted_estimate_is_unbiased_and_its_interval_covers_the_truth()
    {
        var runs = Of(isPlayedKnown: true, isWorthKnown: false);
        foreach (var estimate in (Func<OffPolicyEstimates, OffPolicyEstimate?>[])
            [run => run.InversePropensity, run => run.SelfNormalised, run => run.DoublyRobust])
        {
            Assert.InRange(Math.Abs(Distance(runs, estimate)), 0.0, 4.0);
            Assert.InRange(Coverage(runs, estimate), 0.92, 0.98);
        }
    }

    [Fact]
    public void Doubly_robust_needs_one_of_the_two_to_be_right()
    {
        Assert.InRange(Math.Abs(Distance(Of(true, false), run => run.DoublyRobust)), 0.0, 4.0);
        Assert.InRange(Math.Abs(Distance(Of(false, true), run => run.DoublyRobust)), 0.0, 4.0);
        Assert.InRange(Coverage(Of(false, true), run => run.DoublyRobust), 0.92, 0.98);
        Assert.True(Math.Abs(Distance(Of(false, false), run => run.DoublyRobust)) > 20.0);
    }

    [Fact]
    public void Alone_wrong_propensities_and_a_wrong_model_are_each_far_off()
    {
        Assert.True(Math.Abs(Distance(Of(false, true), run => run.InversePropensity)) > 20.0);
        Assert.True(Math.Abs(Distance(Of(true, false), run => run.Direct)) > 20.0);
        Assert.InRange(Math.Abs(Distance(Of(false, true), run => run.Direct)), 0.0, 4.0);
    }

    [Fact]
    public void A_right_model_makes_the_doubly_robust_interval_narrower()
    {
        var (with, without) = (Of(true, true), Of(true, false));
        Assert.True(Width(with) < 0.9 * Width(without));

        static double Width(List<OffPolicyEstimates> runs) =>
            runs.Average(run => run.DoublyRobust!.Value.StandardError);
    }

    private static List<OffPolicyEstimates> Of(bool isPlayedKnown, bool isWorthKnown) =>
        Known[(isPlayedKnown ? 1 : 0) + (isWorthKnown ? 2 : 0)].Value;

    private static List<OffPolicyEstimates> Run(int errors) =>
        [.. Enumerable.Range(0, Runs).Select(run => OffPolicyEstimates.Of(
            KnownWorld.Decisions((ulong)run, Decisions, (errors & 1) != 0, (errors & 2) != 0), hasSupport: true))];

    /// <summary>Mean distance from the truth in standard errors of that mean.</summary>
    private static double Distance(List<OffPolicyEstimates> runs, Func<OffPolicyEstimates, OffPolicyEstimate?> of)
    {
        var distances = runs.ConvertAll(run => of(run)!.Value.Value - KnownWorld.Truth);
        var mean = distances.Average();
        var deviation = Math.Sqrt(distances.Average(distance => (distance - mean) * (distance - mean)));
        return mean / Math.Max(1e-12, deviation / Math.Sqrt(runs.Count));
    }

    private static double Coverage(List<OffPolicyEstimates> runs, Func<OffPolicyEstimates, OffPolicyEstimate?> of) =>
        runs.Average(run => of(run)!.Value is var it && it.Low <= KnownWorld.Truth && KnownWorld.Truth <= it.High
            ? 1.0 : 0.0);
}
