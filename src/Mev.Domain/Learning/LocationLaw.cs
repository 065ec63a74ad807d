namespace Mev.Domain.Learning;

/// <summary>
/// Where the best rival bid lies: a Bayesian linear regression of its logarithm on the features, normal weights, with
/// censored observations taken by their moments. Sums start at 0 and run in ascending order: their bits are recorded.
/// </summary>
internal sealed class LocationLaw
{
    public const int Length = FeatureVector.Length;

    private const double PriorResidualVariance = 0.09;
    public const double ResidualVarianceMin = 0.004;
    public const double ResidualVarianceMax = 0.5;
    private const double PivotMin = 1e-12;

    private static readonly double[] PriorMean = [-0.6, 0.0, 0.0, 0.0, 0.5, 0.5, 0.0];
    private static readonly double[] PriorDeviation = [0.3, 0.1, 0.1, 0.15, 0.4, 0.4, 0.2];

    /// <summary>The prior.</summary>
    public LocationLaw()
    {
        for (var i = 0; i < Length; i++) Covariance[At(i, i)] = PriorDeviation[i] * PriorDeviation[i];
        Factorise();
    }

    /// <summary>Means of the weights.</summary>
    public double[] Mean { get; } = [.. PriorMean];

    /// <summary>Covariance of the weights: lower triangle by rows.</summary>
    public double[] Covariance { get; } = new double[Length * (Length + 1) / 2];

    /// <summary>Its Cholesky factor in the same form.</summary>
    public double[] Factor { get; } = new double[Length * (Length + 1) / 2];

    /// <summary>Variance of the residual as the update sees it, 0.004 to 0.5.</summary>
    public double ResidualVariance { get; set; } = PriorResidualVariance;

    /// <summary>Index of an entry on or below the diagonal.</summary>
    public static int At(int row, int column) => row * (row + 1) / 2 + column;

    /// <summary>The sum of products.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    /// <summary>Widens the covariance by a forgotten share, never beyond the prior's variances.</summary>
    public void Decay(double kept)
    {
        Span<double> wider = stackalloc double[Length];
        for (var i = 0; i < Length; i++)
        {
            var prior = PriorDeviation[i] * PriorDeviation[i];
            wider[i] = Math.Max(1.0, Math.Sqrt(Math.Min(1.0 / kept, prior / Covariance[At(i, i)])));
        }
        for (var i = 0; i < Length; i++)
        {
            for (var j = 0; j <= i; j++)
                Covariance[At(i, j)] = Covariance[At(i, j)] * wider[j] * wider[i];
        }
    }

    /// <summary>Takes in evidence; <paramref name="mean"/> is what was predicted for <paramref name="x"/>.</summary>
    public void Learn(WinEvidence evidence, double mean, ReadOnlySpan<double> x)
    {
        Span<double> covarianceX = stackalloc double[Length];
        Spread(x, covarianceX);
        var weightVariance = Dot(x, covarianceX);
        var variance = weightVariance + ResidualVariance;
        var step = LocationStep.Of(evidence, mean, variance);
        for (var i = 0; i < Length; i++) Mean[i] += covarianceX[i] * step.Mean;
        for (var i = 0; i < Length; i++)
        {
            for (var j = 0; j <= i; j++)
                Covariance[At(i, j)] -= covarianceX[i] * covarianceX[j] * step.Variance;
        }
        ResidualVariance = Math.Clamp(
            0.998 * ResidualVariance + 0.002 * Math.Clamp(step.SquaredError - weightVariance, 1e-4, 1.0),
            ResidualVarianceMin, ResidualVarianceMax);
    }

    /// <summary>Variance of the logarithm for <paramref name="x"/>: of the weights and of the residual.</summary>
    public double VarianceAt(ReadOnlySpan<double> x)
    {
        Span<double> covarianceX = stackalloc double[Length];
        Spread(x, covarianceX);
        return Dot(x, covarianceX) + ResidualVariance;
    }

    /// <summary>What it expects of the logarithm for <paramref name="x"/>, given what evidence says.</summary>
    public double Expect(WinEvidence evidence, ReadOnlySpan<double> x)
    {
        if (evidence.Side == WinEvidence.Knowledge.Exact) return evidence.LnFraction;
        var mean = Dot(Mean, x);
        if (evidence.Side == WinEvidence.Knowledge.None) return mean;
        var deviation = Math.Sqrt(VarianceAt(x));
        var alpha = (evidence.LnFraction - mean) / deviation;
        var known = evidence.Side == WinEvidence.Knowledge.Below
            ? TruncatedNormal.Below(alpha)
            : TruncatedNormal.Above(alpha);
        return mean + deviation * known.MeanShift;
    }

    /// <summary>Computes <see cref="Factor"/> of the covariance as it stands.</summary>
    public void Factorise()
    {
        for (var i = 0; i < Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = Covariance[At(i, j)];
                for (var k = 0; k < j; k++) sum -= Factor[At(i, k)] * Factor[At(j, k)];
                Factor[At(i, j)] = i == j ? Math.Sqrt(Math.Max(sum, PivotMin)) : sum / Factor[At(j, j)];
            }
        }
    }

    private void Spread(ReadOnlySpan<double> x, Span<double> covarianceX)
    {
        for (var i = 0; i < Length; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < Length; j++) sum += Covariance[j <= i ? At(i, j) : At(j, i)] * x[j];
            covarianceX[i] = sum;
        }
    }
}
