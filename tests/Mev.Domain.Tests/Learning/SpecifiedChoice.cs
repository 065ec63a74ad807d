using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

/// <summary>
/// Draw, score and choice as the rules of learning say them, written down naively a second time; and, on demand, with a
/// mistake in them. Without the calibration slice.
/// </summary>
internal static class SpecifiedChoice
{
    private const double TypicalLamports = 8_000_000.0;

    /// <summary>The best arm and its score; -1 where none is above 0.</summary>
    public static (int Arm, double Score) Of(
        SpecifiedPosterior belief, ChoiceContext context, DrawStream stream, Mistake mistake)
    {
        var kappa = mistake == Mistake.NoDraw ? 0.0
            : mistake == Mistake.KappaIgnored ? 1.0
            : Math.Min(1.0, Math.Sqrt(TypicalLamports / context.Value.Value));
        var location = Location(belief, context, stream, kappa);
        var below = Below(belief, stream, kappa);
        var survives = Beta(belief.SurvivalFor, belief.SurvivalAgainst, context.SurvivalBin, 0x200, stream, kappa);
        double[] inTime =
        [
            Beta(belief.LateFor, belief.LateAgainst, 0, 0x300, stream, kappa),
            Beta(belief.LateFor, belief.LateAgainst, 1, 0x300, stream, kappa),
        ];
        var young = context.Features.YoungBin;
        var variance = belief.ValueVariance[young];
        var mean = belief.ValueMean[young]
            + kappa * stream.At(0x400u + (uint)young).Normal() * Math.Sqrt(variance / belief.ValueWeight[young]);
        var deviation = Math.Sqrt(variance);
        var (best, most) = (-1, 0.0);
        for (var i = 0; i < 47; i++)
        {
            var share = (500 + 200 * i) / 10_000.0;
            var tip = context.Value.Value * (500 + 200 * i) / 10_000;
            if (tip < 1_000 || tip < context.TipFloor.Value || tip > context.TipCap.Value) continue;
            var distance = (mean - DetMath.Ln(share)) / deviation;
            var paying = DetMath.NormalCdf(distance);
            var gain = DetMath.Exp(mean + variance / 2.0) * DetMath.NormalCdf(distance + deviation) - share * paying;
            var bonus = mistake == Mistake.AbsoluteBonus
                ? belief.Bonus * TypicalLamports / context.Value.Value
                : belief.Bonus;
            var promise = Win(below, DetMath.Ln(share) - location) * survives * (gain + bonus * paying);
            for (var route = 0; route < 2; route++)
            {
                var cost = mistake == Mistake.RouteCostForgotten
                    ? 0L
                    : (route == 0 ? context.StandardRouteCost : context.FastRouteCost).Value;
                var late = inTime[mistake == Mistake.OneRoute ? 0 : route];
                var score = promise * late - cost / (double)context.Value.Value;
                if (score > most) (best, most) = (2 * i + route, score);
            }
        }
        return (best, most);
    }

    private static double Location(SpecifiedPosterior belief, ChoiceContext context, DrawStream stream, double kappa)
    {
        var factor = new double[7, 7];
        for (var i = 0; i < 7; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = belief.Covariance[i, j];
                for (var k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / factor[j, j];
            }
        }
        var draws = stream.At(1);
        var normals = new double[7];
        for (var i = 0; i < 7; i++) normals[i] = draws.Normal();
        var x = new double[7];
        context.Features.CopyTo(x);
        var location = 0.0;
        for (var i = 0; i < 7; i++)
        {
            var sum = 0.0;
            for (var j = 0; j <= i; j++) sum += factor[i, j] * normals[j];
            location += (belief.Mean[i] + kappa * sum) * x[i];
        }
        return location + context.Offset;
    }

    /// <summary>P(residual below the lower edge of each bin).</summary>
    private static double[] Below(SpecifiedPosterior belief, DrawStream stream, double kappa)
    {
        var below = new double[SpecifiedPosterior.Bins + 1];
        below[^1] = 1.0;
        for (var j = SpecifiedPosterior.Bins - 1; j >= 0; j--)
        {
            var count = belief.In[j] + belief.Below[j];
            var mean = belief.In[j] / count;
            var draws = stream.At(0x100u + (uint)j);
            var hazard = kappa == 1.0 && count < 30.0
                ? draws.Beta(new GammaLaw(belief.In[j]), new GammaLaw(belief.Below[j]))
                : Math.Clamp(
                    mean + kappa * Math.Sqrt(mean * (1.0 - mean) / (count + 1.0)) * draws.Normal(), 0.0, 1.0);
            below[j] = below[j + 1] * (1.0 - hazard);
        }
        return below;
    }

    private static double Win(double[] below, double residual)
    {
        var place = (residual + 1.3) / 0.05;
        if (place <= 0.0) return below[0];
        if (place >= SpecifiedPosterior.Bins) return 1.0;
        var part = place - (int)place;
        return below[(int)place] * (1.0 - part) + below[(int)place + 1] * part;
    }

    private static double Beta(
        double[] successes, double[] failures, int index, uint purpose, DrawStream stream, double kappa)
    {
        var mean = successes[index] / (successes[index] + failures[index]);
        var drawn = stream.At(purpose + (uint)index)
            .Beta(new GammaLaw(successes[index]), new GammaLaw(failures[index]));
        return mean + kappa * (drawn - mean);
    }
}
