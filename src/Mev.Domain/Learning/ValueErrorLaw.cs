namespace Mev.Domain.Learning;

/// <summary>ln(realised over estimated profit) as a normal, one for old and one for young pools.</summary>
internal sealed class ValueErrorLaw
{
    public const int BinsCount = 2;

    private const double PriorVariance = 0.02;
    private const double PriorWeight = 5.0;
    public const double WeightMax = 3000.0;
    public const double VarianceMin = 0.001;
    public const double VarianceMax = 0.2;

    /// <summary>Means.</summary>
    public double[] Mean { get; } = new double[BinsCount];

    /// <summary>Variances, 0.001 to 0.2.</summary>
    public double[] Variance { get; } = [PriorVariance, PriorVariance];

    /// <summary>Observations behind them, at most 3,000.</summary>
    public double[] Weight { get; } = [PriorWeight, PriorWeight];

    /// <summary>Takes in a landing's exact error.</summary>
    public void LearnExact(int bin, double lnRatio)
    {
        var rate = 1.0 / (Weight[bin] + 1.0);
        var error = lnRatio - Mean[bin];
        Mean[bin] += rate * error;
        Settle(bin, rate * (error * error - Variance[bin]));
    }

    /// <summary>Takes in that the value was at most the tip: the error lies below the logarithm of the share.</summary>
    public void LearnBelow(int bin, double lnShare)
    {
        var rate = 1.0 / (Weight[bin] + 1.0);
        var deviation = Math.Sqrt(Variance[bin]);
        var alpha = (lnShare - Mean[bin]) / deviation;
        var ratio = DetMath.NormalPdf(alpha) / Math.Max(DetMath.NormalCdf(alpha), 1e-6);
        var squared = Variance[bin] * (1.0 - alpha * ratio);
        Mean[bin] -= rate * (deviation * ratio);
        Settle(bin, rate * (Math.Max(squared, 1e-5) - Variance[bin]));
    }

    private void Settle(int bin, double change)
    {
        Variance[bin] = Math.Clamp(Variance[bin] + change, VarianceMin, VarianceMax);
        Weight[bin] = Math.Min(Weight[bin] + 1.0, WeightMax);
    }
}
