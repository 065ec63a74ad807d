using System.Diagnostics;

namespace Mev.Benchmarks.Models;

/// <summary>Durations of single calls, microseconds, the reading of the clock taken off.</summary>
internal readonly record struct CallTimes(double P50, double P99, double P999, double Longest, double Bytes)
{
    /// <summary>Times each of so many calls by itself; what they allocate is for one.</summary>
    public static CallTimes Of(int calls, Func<int, double> call)
    {
        var (ticks, sink) = (new long[calls], 0.0);
        for (var i = 0; i < calls / 4; i++) sink += call(i); // warm: the runtime compiles hot code again
        var clock = Clock();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
        {
            var from = Stopwatch.GetTimestamp();
            sink += call(i);
            ticks[i] = Stopwatch.GetTimestamp() - from;
        }
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        GC.KeepAlive(sink);
        Array.Sort(ticks);
        return new CallTimes(At(0.5), At(0.99), At(0.999), At(1.0), bytes / (double)calls);

        double At(double share) =>
            Math.Max(0, ticks[Math.Min(calls - 1, (int)(share * calls))] - clock) * 1e6 / Stopwatch.Frequency;
    }

    public override string ToString() => FormattableString.Invariant(
        $"P50 {P50:0.###}, P99.9 {P999:0.##}, longest {Longest:#,0} us, {Bytes:0.##} B each");

    /// <summary>What two readings in a row are apart, at the median.</summary>
    private static long Clock()
    {
        var apart = new long[10_001];
        for (var i = 0; i < apart.Length; i++)
        {
            var from = Stopwatch.GetTimestamp();
            apart[i] = Stopwatch.GetTimestamp() - from;
        }
        Array.Sort(apart);
        return apart[apart.Length / 2];
    }
}
