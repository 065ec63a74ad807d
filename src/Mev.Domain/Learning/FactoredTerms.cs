namespace Mev.Domain.Learning;

/// <summary>How a factored sampler is set. What a recorded sampler was set to follows from its kind alone.</summary>
public sealed record FactoredTerms
{
    /// <summary>The terms of <see cref="SamplerKind.Factored"/>: no floor.</summary>
    public static FactoredTerms Profit { get; } = new();

    /// <summary>The terms of <see cref="SamplerKind.FactoredFloor"/>: a target of 0.69 holds a floor of 65 %.</summary>
    public static FactoredTerms Floor { get; } = new() { LandRateTarget = 0.69 };

    /// <summary>Share of decisions on small opportunities that pick any arm. Default 0.01.</summary>
    public double CalibrationShare { get; init; } = 0.01;

    /// <summary>Land rate that the dual steers to, 0 to 1; null, the default, for none.</summary>
    public double? LandRateTarget { get; init; }

    /// <summary>
    /// Whether the law of the best rival bid is drawn, as in the product; otherwise its means decide, and lateness,
    /// survival and value error alone are drawn. Default true.
    /// </summary>
    public bool DrawsRivals { get; init; } = true;

    /// <summary>How far one resolved decision moves the dual. Default 0.002.</summary>
    public double DualStep { get; init; } = 0.002;

    /// <summary>The dual before the first decision, 0 to 2. Default 0.</summary>
    public double DualStart { get; init; }

    /// <summary>Time constant by which counts return to their prior, seconds. Default 500; infinite: never.</summary>
    public double DecaySeconds { get; init; } = 500.0;
}
