namespace Mev.Domain.Learning;

/// <summary>A standard normal of which only a side of a bound is known.</summary>
/// <param name="MeanShift">Its mean.</param>
/// <param name="VarianceFactor">What the knowledge takes off its variance, 0 to 1.</param>
internal readonly record struct TruncatedNormal(double MeanShift, double VarianceFactor)
{
    private const double ProbabilityMin = 1e-9;

    /// <summary>Known to lie below <paramref name="alpha"/>.</summary>
    public static TruncatedNormal Below(double alpha)
    {
        var ratio = DetMath.NormalPdf(alpha) / Math.Max(DetMath.NormalCdf(alpha), ProbabilityMin);
        return new TruncatedNormal(-ratio, ratio * (ratio + alpha));
    }

    /// <summary>Known to lie above <paramref name="alpha"/>.</summary>
    public static TruncatedNormal Above(double alpha)
    {
        var ratio = DetMath.NormalPdf(alpha) / Math.Max(1.0 - DetMath.NormalCdf(alpha), ProbabilityMin);
        return new TruncatedNormal(ratio, ratio * (ratio - alpha));
    }
}
