namespace Mev.Domain.Learning;

/// <summary>A Beta law: mean, and quantiles by the deterministic functions alone.</summary>
/// <param name="Alpha">Pseudo-successes, above 0.</param>
/// <param name="Beta">Pseudo-failures, above 0.</param>
public readonly record struct BetaLaw(double Alpha, double Beta)
{
    private const int BisectionSteps = 60;
    private const int FractionTermsMax = 20_000; // about the root of the counts is needed: enough up to 1e8
    private const double FractionTolerance = 1e-15;
    private const double Tiny = 1e-300;
    private const double HalfLnTwoPi = 0.9189385332046728;
    private const double StirlingFrom = 10.0;

    /// <summary>Mean.</summary>
    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>P(value at most <paramref name="x"/>), the incomplete beta function; error about 1e-12.</summary>
    public double Cdf(double x)
    {
        if (x <= 0.0) return 0.0;
        if (x >= 1.0) return 1.0;
        var lnWeight = LnGamma(Alpha + Beta) - LnGamma(Alpha) - LnGamma(Beta)
            + Alpha * DetMath.Ln(x) + Beta * DetMath.Ln(1.0 - x);
        var weight = DetMath.Exp(lnWeight);
        return x < (Alpha + 1.0) / (Alpha + Beta + 2.0)
            ? weight * Fraction(Alpha, Beta, x) / Alpha
            : 1.0 - weight * Fraction(Beta, Alpha, 1.0 - x) / Beta;
    }

    /// <summary>The value that is not exceeded with probability <paramref name="p"/>, by bisection.</summary>
    public double Quantile(double p)
    {
        var low = 0.0;
        var high = 1.0;
        for (var step = 0; step < BisectionSteps; step++)
        {
            var middle = 0.5 * (low + high);
            if (Cdf(middle) < p) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    /// <summary>The continued fraction of the incomplete beta function, evaluated forwards (Lentz).</summary>
    private static double Fraction(double a, double b, double x)
    {
        var c = 1.0;
        var d = 1.0 / NotZero(1.0 - (a + b) * x / (a + 1.0));
        var value = d;
        for (var m = 1; m <= FractionTermsMax; m++)
        {
            var even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
            d = 1.0 / NotZero(1.0 + even * d);
            c = NotZero(1.0 + even / c);
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
            d = 1.0 / NotZero(1.0 + odd * d);
            c = NotZero(1.0 + odd / c);
            var factor = d * c;
            value *= factor;
            if (Math.Abs(factor - 1.0) < FractionTolerance) break;
        }
        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    /// <summary>ln of the gamma function above 0: raised to at least 10, then Stirling's series.</summary>
    private static double LnGamma(double x)
    {
        var product = 1.0;
        for (; x < StirlingFrom; x += 1.0)
            product *= x;
        var inverse = 1.0 / x;
        var square = inverse * inverse;
        var series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0
            - square * (1.0 / 1680.0 - square * (1.0 / 1188.0)))));
        return (x - 0.5) * DetMath.Ln(x) - x + HalfLnTwoPi + series - DetMath.Ln(product);
    }
}
