namespace Mev.Domain.Models;

/// <summary>What was said of one submission before its own outcome, and what became of it.</summary>
/// <param name="Probability">Of landing, by the means of the belief.</param>
/// <param name="HasLanded">Whether it landed.</param>
/// <param name="Congestion">Standardised congestion when it was decided.</param>
public readonly record struct LandingForecast(double Probability, bool HasLanded, double Congestion)
{
    /// <summary>Its squared error, 0 to 1.</summary>
    public double Brier
    {
        get
        {
            var error = Probability - (HasLanded ? 1.0 : 0.0);
            return error * error;
        }
    }
}
