using System.Globalization;

namespace Mev.Domain.Bundles;

/// <summary>
/// How many of how many, with the Wilson score interval of 95 %. Nothing of nothing has neither value nor bounds.
/// </summary>
/// <param name="Count">Those that did, from 0 to <paramref name="Of"/>.</param>
/// <param name="Of">All of them: the denominator, which is always shown.</param>
public readonly record struct Proportion(long Count, long Of)
{
    internal const double Quantile = 1.959963984540054; // of the standard normal law at 97.5 %

    /// <summary>The share; null of nothing.</summary>
    public double? Value => Of == 0 ? null : Share;

    /// <summary>Lower bound of the interval; null of nothing.</summary>
    public double? Low => Of == 0 ? null : Math.Max(0, Centre - Spread);

    /// <summary>Upper bound of the interval; null of nothing.</summary>
    public double? High => Of == 0 ? null : Math.Min(1, Centre + Spread);

    private double Share => (double)Count / Of;

    private double Weight => Quantile * Quantile / Of;

    private double Centre => (Share + Weight / 2) / (1 + Weight);

    private double Spread => Quantile / (1 + Weight) * Math.Sqrt(Share * (1 - Share) / Of + Weight / (4 * Of));

    /// <summary>For people, the denominator included: "3 of 10 (30.0 %, 10.8–60.3 %)".</summary>
    public override string ToString() => Of == 0
        ? "0 of 0"
        : string.Create(CultureInfo.InvariantCulture, $"{Count} of {Of} ({Value:P1}, {100 * Low:F1}–{High:P1})");
}
