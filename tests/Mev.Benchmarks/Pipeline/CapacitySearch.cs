namespace Mev.Benchmarks.Pipeline;

/// <summary>
/// The highest rate at which the P99 stays below a bound: doubles until two rates in a row are not held, each tried
/// twice, then halves the interval above the last that was. One stall of the machine makes a rate fail that is far
/// below what it holds, so one failure ends nothing; a rate that is truly too high shows as a growing delay, at every
/// higher one too, since latencies count from the intended arrival.
/// </summary>
internal static class CapacitySearch
{
    private const int UnheldMax = 2;

    /// <summary>The best rate held with what it did, or null when none is.</summary>
    public static async Task<T?> Find<T>(double first, int refinements, Func<double, Task<T>> run, Func<T, bool> holds)
        where T : class
    {
        var (low, high, best) = (0.0, first, default(T));
        for (var (rate, unheld) = (first, 0); unheld < UnheldMax; rate *= 2)
        {
            var result = await Try(rate, run, holds);
            if (result is null) unheld++;
            else (low, high, best, unheld) = (rate, 2 * rate, result, 0);
        }
        for (var i = 0; i < refinements; i++)
        {
            var middle = (low + high) / 2;
            var result = await Try(middle, run, holds);
            if (result is null) high = middle;
            else (low, best) = (middle, result);
        }
        return best;
    }

    private static async Task<T?> Try<T>(double rate, Func<double, Task<T>> run, Func<T, bool> holds)
        where T : class
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var result = await run(rate);
            if (holds(result)) return result;
        }
        return null;
    }
}
