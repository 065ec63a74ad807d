namespace Mev.Benchmarks.Micro;

/// <summary>
/// Times short code on a noisy machine: many samples of about half a millisecond, of which the least says what the code
/// costs and the median what the machine made of it.
/// </summary>
internal static class Stopwatches
{
    private const double SampleMs = 0.5;
    private const double WarmMs = 400; // the runtime compiles hot code again in steps of 100 ms

    /// <summary>
    /// Nanoseconds and bytes for one operation; <paramref name="body"/> does as many as it is asked for.
    /// </summary>
    public static Timing Time(int samples, Func<int, long> body)
    {
        var time = TimeProvider.System;
        var count = 1;
        var sink = 0L;
        for (var warm = time.GetTimestamp(); time.GetElapsedTime(warm).TotalMilliseconds < WarmMs;)
        {
            var from = time.GetTimestamp();
            sink += body(count);
            if (time.GetElapsedTime(from).TotalMilliseconds < SampleMs && count < 1 << 24) count *= 2;
        }
        var times = new double[samples];
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < samples; i++)
        {
            var from = time.GetTimestamp();
            sink += body(count);
            times[i] = time.GetElapsedTime(from).TotalNanoseconds / count;
        }
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        GC.KeepAlive(sink);
        Array.Sort(times);
        return new Timing(times[0], times[samples / 2], bytes / ((double)samples * count));
    }

    /// <summary>The same for longer work, whose call through a delegate does not count.</summary>
    public static Timing TimeEach(int samples, Func<long> work) => Time(samples, count =>
    {
        var sum = 0L;
        for (var i = 0; i < count; i++) sum += work();
        return sum;
    });
}
