using Mev.Domain.Bundles;
using Mev.Domain.Learning;

namespace Mev.Grains.Learning;

/// <summary>
/// Congestion as decisions of this silo take it: from published tips, where the host has a source of them. Without one,
/// or when it falls silent, nothing is known, which counts as the mean.
/// </summary>
public sealed class CongestionGauge(TimeProvider time)
{
    private static readonly TimeSpan SilenceMax = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly CongestionScale _scale = new();
    private Known _known = new(0.0, 0);

    /// <summary>Standard deviations above the last hour's mean, at most 4 either way; 0 when not known.</summary>
    public double Current
    {
        get
        {
            var known = Volatile.Read(ref _known);
            return time.GetElapsedTime(known.At) <= SilenceMax ? known.Congestion : 0.0;
        }
    }

    /// <summary>Takes published tips in.</summary>
    public void Take(TipFloor floor)
    {
        lock (_gate)
        {
            _scale.Take(floor.AtMs, floor.P50);
            Volatile.Write(ref _known, new Known(_scale.Standardised, time.GetTimestamp()));
        }
    }

    private sealed record Known(double Congestion, long At);
}
