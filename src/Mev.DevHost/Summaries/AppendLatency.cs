using System.Diagnostics.Metrics;

namespace Mev.DevHost.Summaries;

/// <summary>
/// Durations of the journal's appends, as its instrument tells them: counts in buckets that are 5 % wide, so a quantile
/// is right to 5 %.
/// </summary>
internal sealed class AppendLatency : IDisposable
{
    private const string Instrument = "mev.audit.append.duration";
    private const double SmallestSeconds = 1e-6;
    private const double Growth = 1.05;
    private const int Buckets = 400; // 1 us x 1.05^400 = 300 s; what is longer counts in the last

    private readonly long[] _counts = new long[Buckets];
    private readonly MeterListener _listener = new();

    public AppendLatency()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == Instrument) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
            Interlocked.Increment(ref _counts[BucketOf(seconds)]));
        _listener.Start();
    }

    /// <summary>Median and 99 % quantile; null before the first append.</summary>
    public Quantiles? Read()
    {
        var counts = _counts.ToArray();
        var total = counts.Sum();
        return total == 0 ? null : new Quantiles(total, At(counts, total, 0.5), At(counts, total, 0.99));
    }

    public void Dispose() => _listener.Dispose();

    private static int BucketOf(double seconds) => seconds <= SmallestSeconds
        ? 0
        : Math.Min(Buckets - 1, (int)(Math.Log(seconds / SmallestSeconds) / Math.Log(Growth)));

    private static double At(long[] counts, long total, double share)
    {
        var left = (long)Math.Ceiling(total * share);
        var bucket = 0;
        while (bucket < Buckets - 1 && (left -= counts[bucket]) > 0) bucket++;
        return SmallestSeconds * Math.Pow(Growth, bucket + 1) * 1_000;
    }

    internal sealed record Quantiles(long Count, double MedianMs, double P99Ms)
    {
        public override string ToString() => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"P50 {MedianMs:0.0} ms, P99 {P99Ms:0.0} ms over {Count:N0} appends");
    }
}
