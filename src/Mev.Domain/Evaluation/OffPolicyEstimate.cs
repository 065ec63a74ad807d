using Mev.Domain.Bundles;

namespace Mev.Domain.Evaluation;

/// <summary>A mean over decisions with its standard error.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Its standard error, at least 0.</param>
public readonly record struct OffPolicyEstimate(double Value, double StandardError)
{
    /// <summary>Lower end of the 95 % interval.</summary>
    public double Low => Value - Proportion.Quantile * StandardError;

    /// <summary>Upper end of the 95 % interval.</summary>
    public double High => Value + Proportion.Quantile * StandardError;
}
