namespace Mev.Domain.Evaluation;

/// <summary>A mean over decisions with its standard error.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Its standard error, at least 0.</param>
public readonly record struct OffPolicyEstimate(double Value, double StandardError)
{
    private const double Normal975 = 1.959963984540054; // quantile of the standard normal

    /// <summary>Lower end of the 95 % interval.</summary>
    public double Low => Value - Normal975 * StandardError;

    /// <summary>Upper end of the 95 % interval.</summary>
    public double High => Value + Normal975 * StandardError;
}
