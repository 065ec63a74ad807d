using Mev.Domain.Chain;

namespace Mev.Domain.Learning;

/// <summary>
/// Congestion as the tips that land tell it: how far the logarithm of the newest median tip lies above its mean of the
/// last hour, in standard deviations of that hour.
/// </summary>
public sealed class CongestionScale
{
    /// <summary>Tips of one hour that are kept at most; beyond, the oldest gives way.</summary>
    public const int TipsMax = 4_096;

    /// <summary>Tips before which nothing is said.</summary>
    public const int TipsMin = 20;

    private const long HourMs = 3_600_000;
    private const double DeviationMin = 0.05; // a calm hour is no scale: a ripple in it would be a storm

    private readonly Queue<(long AtMs, double Ln)> _hour = new();
    private long _newestMs;

    /// <summary>Standardised, at most 4 either way; 0 before 20 tips.</summary>
    public double Standardised { get; private set; }

    /// <summary>Takes in a median of landed tips; one that is not newer, or not above 0, is ignored.</summary>
    public void Take(long atMs, Lamports medianTip)
    {
        if (atMs <= _newestMs || medianTip <= Lamports.Zero) return;
        _newestMs = atMs;
        while (_hour.Count > 0 && (_hour.Count == TipsMax || atMs - _hour.Peek().AtMs > HourMs)) _hour.Dequeue();
        var ln = DetMath.Ln(medianTip.Value);
        _hour.Enqueue((atMs, ln));
        Standardised = _hour.Count < TipsMin ? 0.0 : Standardise(ln);
    }

    private double Standardise(double ln)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var tip in _hour) sum += tip.Ln;
        var mean = sum / _hour.Count;
        foreach (var tip in _hour) squares += (tip.Ln - mean) * (tip.Ln - mean);
        var deviation = Math.Max(DeviationMin, Math.Sqrt(squares / _hour.Count));
        // adding 0 makes a negative zero, which a record does not keep, a plain one
        return Math.Clamp((ln - mean) / deviation, -Surroundings.CongestionMax, Surroundings.CongestionMax) + 0.0;
    }
}
