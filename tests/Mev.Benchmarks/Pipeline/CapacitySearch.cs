namespace Mev.Benchmarks.Pipeline;

/// <summary>
/// The highest rate at which the P99 stays below a bound: doubles until a rate fails twice, then halves the interval.
/// A rate that is not held shows as a growing delay, since latencies count from the intended arrival.
/// </summary>
internal static class CapacitySearch
{
    /// <summary>The best rate held with what it did, or null when the first is not held.</summary>
    public static async Task<T?> Find<T>(double first, int refinements, Func<double, Task<T>> run, Func<T, bool> holds)
        where T : class
    {
        var (low, high, best) = (0.0, 0.0, default(T));
        for (var rate = first; high == 0.0; rate *= 2)
        {
            var result = await Try(rate, run, holds);
            if (result is null) high = rate;
            else (low, best) = (rate, result);
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
