namespace Mev.Domain.Learning;

/// <summary>
/// A gamma law of scale 1 with the constants of its rejection sampler, so that a posterior that draws often computes
/// them once for each change.
/// </summary>
public readonly record struct GammaLaw
{
    /// <summary>Prepares the law of <paramref name="shape"/>, which is finite and above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public GammaLaw(double shape)
    {
        if (!(shape > 0.0) || !double.IsFinite(shape)) throw new ArgumentOutOfRangeException(nameof(shape));
        Shape = shape;
        D = (shape < 1.0 ? shape + 1.0 : shape) - 1.0 / 3.0;
        C = 1.0 / Math.Sqrt(9.0 * D);
    }

    /// <summary>The shape.</summary>
    public double Shape { get; }

    /// <summary>Shape (or shape + 1 below 1) less a third.</summary>
    internal double D { get; }

    /// <summary>1/sqrt(9 D).</summary>
    internal double C { get; }
}
