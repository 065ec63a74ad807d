namespace Mev.Domain.Learning;

/// <summary>What one piece of evidence does to a normal belief of where the best rival bid lies.</summary>
/// <param name="Mean">Step along the mean, to be multiplied by the covariance.</param>
/// <param name="Variance">What it takes off the covariance, between its products.</param>
/// <param name="SquaredError">Expected square of the error of what was foreseen.</param>
internal readonly record struct LocationStep(double Mean, double Variance, double SquaredError)
{
    /// <summary>The step; <paramref name="mean"/> and <paramref name="variance"/> are what was foreseen.</summary>
    public static LocationStep Of(WinEvidence evidence, double mean, double variance)
    {
        if (evidence.Side == WinEvidence.Knowledge.Exact)
        {
            var error = Math.Clamp(evidence.LnFraction - mean, -1.0, 1.0);
            return new LocationStep(error / variance, 1.0 / variance, error * error);
        }
        var deviation = Math.Sqrt(variance);
        var alpha = (evidence.LnFraction - mean) / deviation;
        var (shift, factor) = evidence.Side == WinEvidence.Knowledge.Below
            ? TruncatedNormal.Below(alpha)
            : TruncatedNormal.Above(alpha);
        return new LocationStep(
            shift / deviation, factor / variance, variance * (1.0 - factor) + variance * shift * shift);
    }
}
