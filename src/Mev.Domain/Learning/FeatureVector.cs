using Mev.Domain.Chain;

namespace Mev.Domain.Learning;

/// <summary>Features of an opportunity, in the order of the regression: a constant 1, then these six.</summary>
/// <param name="Size">Standardised logarithm of the estimated profit, -2.5 to 3.</param>
/// <param name="Congestion">Standardised congestion, mean 0, deviation about 1.</param>
/// <param name="Youth">1 if the youngest pool of the cycle is young, else 0.</param>
/// <param name="PoolFraction">Logarithm of the pool's recent winning fraction, centred.</param>
/// <param name="MarketFraction">The same over all pools.</param>
/// <param name="LargeSize">What <paramref name="Size"/> exceeds 0.7 by, at least 0.</param>
public readonly record struct FeatureVector(
    double Size, double Congestion, double Youth, double PoolFraction, double MarketFraction, double LargeSize)
{
    /// <summary>Numbers in the vector, the constant included.</summary>
    public const int Length = 7;

    private const double LamportsPerSol = 1e9;
    private const double TypicalSol = 0.008; // centre and spread of ln v, learning rules, features
    private const double SizeSpread = 1.2;
    private const double LargeFrom = 0.7;
    private const double FractionMin = 0.1;
    private const double FractionOffset = 0.6;
    private const double CongestedAbove = 0.6;
    private const double LateInSlotAbove = 0.8;

    /// <summary>The features of an opportunity.</summary>
    /// <param name="value">Estimated profit before the tip, above 0.</param>
    /// <param name="congestion">Standardised congestion.</param>
    /// <param name="isYoung">Whether the youngest pool of the cycle is young.</param>
    /// <param name="poolFraction">Moving average of winning fractions on the pool, 0.5 before any.</param>
    /// <param name="marketFraction">The same over all pools.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public static FeatureVector Of(
        Lamports value, double congestion, bool isYoung, double poolFraction, double marketFraction)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value.Value, nameof(value));
        var size = (DetMath.Ln(value.Value / LamportsPerSol) - DetMath.Ln(TypicalSol)) / SizeSpread;
        size = Math.Clamp(size, -2.5, 3.0);
        return new FeatureVector(
            size, congestion, isYoung ? 1.0 : 0.0, Centred(poolFraction), Centred(marketFraction),
            Math.Max(0.0, size - LargeFrom));
    }

    /// <summary>Bin of the survival factor: 1 for congestion above 0.6, 2 more in the last fifth of a slot.</summary>
    /// <param name="congestion">Standardised congestion.</param>
    /// <param name="positionInSlot">0 at the slot's start, 1 at its end.</param>
    public static byte SurvivalBin(double congestion, double positionInSlot) =>
        (byte)((congestion > CongestedAbove ? 1 : 0) + (positionInSlot > LateInSlotAbove ? 2 : 0));

    /// <summary>Bin of the value error: 1 for a young pool, else 0.</summary>
    public int YoungBin => Youth > 0.0 ? 1 : 0;

    /// <summary>Writes the seven numbers, the constant first.</summary>
    public void CopyTo(Span<double> destination)
    {
        destination[0] = 1.0;
        destination[1] = Size;
        destination[2] = Congestion;
        destination[3] = Youth;
        destination[4] = PoolFraction;
        destination[5] = MarketFraction;
        destination[6] = LargeSize;
    }

    private static double Centred(double fraction) => DetMath.Ln(Math.Max(fraction, FractionMin)) + FractionOffset;
}
