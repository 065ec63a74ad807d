namespace Mev.Auctions;

/// <summary>One figure over several seeds.</summary>
/// <param name="Values">By seed.</param>
public sealed record SeedFigures(IReadOnlyList<double> Values)
{
    /// <summary>Their mean.</summary>
    public double Mean { get; } = Values.Average();

    /// <summary>The least of them.</summary>
    public double Least { get; } = Values.Min();

    /// <summary>Standard error of the mean; 0 of a single seed.</summary>
    public double Error
    {
        get
        {
            if (Values.Count < 2) return 0.0;
            var squares = Values.Sum(value => (value - Mean) * (value - Mean));
            return Math.Sqrt(squares / (Values.Count - 1) / Values.Count);
        }
    }

    /// <summary>The value at the 10th percentile: the second lowest of 20.</summary>
    public double LowTenth => Values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(0.1 * Values.Count) - 1));

    /// <summary>Lower end of the 95 % interval of the mean, by Student's law.</summary>
    public double Low95 => Mean - StudentQuantile(Values.Count - 1) * Error;

    /// <summary>Its upper end.</summary>
    public double High95 => Mean + StudentQuantile(Values.Count - 1) * Error;

    /// <summary>Mean of the lowest quarter of the seeds, at least of one.</summary>
    public double WorstQuarter => Values.Order().Take(Math.Max(1, Values.Count / 4)).Average();

    /// <summary>The differences seed by seed.</summary>
    public SeedFigures Minus(SeedFigures other) => new([.. Values.Zip(other.Values, (mine, theirs) => mine - theirs)]);

    /// <summary>97.5 % point of Student's law: Cornish and Fisher's expansion, within 1 % from 4 degrees on.</summary>
    private static double StudentQuantile(int degrees)
    {
        const double Normal = 1.959964;
        if (degrees < 1) return double.PositiveInfinity;
        var cube = Normal * Normal * Normal;
        return Normal + (cube + Normal) / (4.0 * degrees)
            + (5.0 * cube * Normal * Normal + 16.0 * cube + 3.0 * Normal) / (96.0 * degrees * degrees);
    }
}
