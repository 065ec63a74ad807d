using Mev.Domain.Learning;
using Mev.Fixtures;

namespace Mev.Domain.Tests.Learning;

/// <summary>
/// The regret of Beta-Thompson sampling grows with the logarithm of time, by no more than theory's constant: the slope
/// over the last decade, divided by the sum of gap over divergence, stays in a gate.
/// </summary>
public sealed class LaiRobbinsTests
{
    private static readonly int Rounds = Soak.Times(10_000, 100_000);
    private static readonly int Runs = Soak.Times(20, 60);

    [Theory]
    [InlineData(2.25, new[] { 0.9, 0.8 })]
    [InlineData(27.4, new[] { 0.5, 0.45, 0.45, 0.4, 0.3 })]
    [InlineData(17.5, new[] { 0.1, 0.05, 0.05, 0.05, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01 })]
    public void The_slope_of_regret_is_that_of_theory(double constant, double[] probabilities)
    {
        Assert.Equal(constant, Constant(probabilities), 0.06);
        var (early, late) = (0.0, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var (atTenth, atEnd) = Regret(probabilities, run);
            early += atTenth / Runs;
            late += atEnd / Runs;
        }
        Assert.InRange((late - early) / Math.Log(10.0) / constant, 0.4, 1.3);
    }

    [Fact]
    public void Posteriors_with_successes_and_failures_swapped_fail_the_gate()
    {
        double[] probabilities = [0.9, 0.8];
        var (atTenth, atEnd) = Regret(probabilities, run: 0, isSwapped: true);
        Assert.True((atEnd - atTenth) / Math.Log(10.0) / Constant(probabilities) > 1.3);
    }

    private static double Constant(double[] probabilities)
    {
        var best = probabilities.Max();
        return probabilities.Where(p => p < best).Sum(p => (best - p) / Divergence(p, best));
    }

    private static double Divergence(double p, double q) =>
        p * Math.Log(p / q) + (1.0 - p) * Math.Log((1.0 - p) / (1.0 - q));

    private static (double AtTenth, double AtEnd) Regret(double[] probabilities, int run, bool isSwapped = false)
    {
        var key = RandomKey.Of("lai-robbins", (ulong)run);
        var (wins, losses) = (new double[probabilities.Length], new double[probabilities.Length]);
        Array.Fill(wins, 1.0);
        Array.Fill(losses, 1.0);
        var (regret, atTenth, best) = (0.0, 0.0, probabilities.Max());
        for (var round = 0; round < Rounds; round++)
        {
            if (round == Rounds / 10) atTenth = regret;
            var stream = new DrawStream(key, (ulong)round);
            var (arm, most) = (0, -1.0);
            for (var i = 0; i < probabilities.Length; i++)
            {
                var draws = stream.At(DrawPurposes.BetaArm + (uint)i);
                var drawn = draws.Beta(new GammaLaw(wins[i]), new GammaLaw(losses[i]));
                if (drawn > most) (arm, most) = (i, drawn);
            }
            var isWin = stream.At(DrawPurposes.Survival).Uniform() < probabilities[arm];
            (isWin != isSwapped ? wins : losses)[arm] += 1.0;
            regret += best - probabilities[arm];
        }
        return (atTenth, regret);
    }
}
