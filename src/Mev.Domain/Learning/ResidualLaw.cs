namespace Mev.Domain.Learning;

/// <summary>
/// The law of what the regression leaves unexplained of the best rival bid: reverse-time hazards on 44 bins of 0.05
/// from -1.3 up. A hazard is P(in the bin, given below its upper edge), so a win, which only bounds the rival from
/// above, is exact evidence. Each hazard is a Beta.
/// </summary>
internal sealed class ResidualLaw
{
    public const int BinsCount = 44;

    private const double Lowest = -1.3;
    private const double Width = 0.05;
    private const double PriorDeviation = 0.28;
    private const double PriorWeight = 20.0;
    private const double ProbabilityMin = 1e-6;

    private static readonly double[] PriorIn = new double[BinsCount];
    private static readonly double[] PriorBelow = new double[BinsCount];

    static ResidualLaw()
    {
        for (var bin = 0; bin < BinsCount; bin++)
        {
            var low = Lowest + Width * bin;
            var below = DetMath.NormalCdf(low / PriorDeviation);
            var upTo = DetMath.NormalCdf((low + Width) / PriorDeviation);
            var hazard = upTo > 1e-9 ? Math.Clamp((upTo - below) / upTo, 1e-4, 0.999) : 0.5;
            var weight = PriorWeight * Math.Max(upTo, 0.02);
            PriorIn[bin] = hazard * weight;
            PriorBelow[bin] = (1.0 - hazard) * weight;
        }
    }

    /// <summary>Counts of values in each bin.</summary>
    public double[] In { get; } = [.. PriorIn];

    /// <summary>Counts of values below each bin.</summary>
    public double[] Below { get; } = [.. PriorBelow];

    /// <summary>Place of a residual on the scale of the bins; 0 is the lowest edge.</summary>
    public static double PlaceOf(double residual) => (residual - Lowest) / Width;

    /// <summary>Moves every count to its prior.</summary>
    public void Decay(double kept)
    {
        for (var bin = 0; bin < BinsCount; bin++)
        {
            In[bin] = PriorIn[bin] + (In[bin] - PriorIn[bin]) * kept;
            Below[bin] = PriorBelow[bin] + (Below[bin] - PriorBelow[bin]) * kept;
        }
    }

    /// <summary>Takes in evidence; <paramref name="mean"/> is the regression's before its own update.</summary>
    public void Learn(WinEvidence evidence, double mean)
    {
        if (evidence.Side == WinEvidence.Knowledge.Exact)
        {
            LearnExact(evidence.LnFraction - mean);
            return;
        }
        var place = Math.Ceiling(PlaceOf(evidence.LnFraction - mean));
        var bound = (int)Math.Clamp(place, 0.0, BinsCount);
        if (evidence.Side == WinEvidence.Knowledge.Below)
            for (var bin = bound; bin < BinsCount; bin++) Below[bin] += 1.0;
        else
            LearnAbove(bound);
    }

    private void LearnExact(double residual)
    {
        var bin = residual < Lowest ? 0 : (int)Math.Min(PlaceOf(residual), BinsCount - 1);
        In[bin] += 1.0;
        for (var above = bin + 1; above < BinsCount; above++) Below[above] += 1.0;
    }

    /// <summary>Spreads one value over the bins from <paramref name="bound"/> up, as the law itself expects.</summary>
    private void LearnAbove(int bound)
    {
        Span<double> parts = stackalloc double[BinsCount];
        var (left, total) = (1.0, 0.0);
        for (var bin = BinsCount - 1; bin >= bound; bin--)
        {
            var hazard = In[bin] / (In[bin] + Below[bin]);
            parts[bin] = left * hazard;
            total += parts[bin];
            left *= 1.0 - hazard;
        }
        if (!(total > ProbabilityMin)) return;
        var sum = 0.0;
        for (var bin = BinsCount - 1; bin >= bound; bin--)
        {
            var part = parts[bin] / total;
            In[bin] += part;
            sum += part;
            Below[bin] += 1.0 - sum;
        }
    }
}
