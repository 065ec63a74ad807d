namespace Mev.Journal.Stores.Queries;

/// <summary>
/// A stretch of time, by when decisions were made, in intervals that begin at whole multiples of their length since
/// 1970.
/// </summary>
public sealed record StoreRange
{
    /// <summary>Intervals of one answer at most.</summary>
    public const int IntervalsMax = 2_000;

    /// <summary>A stretch.</summary>
    /// <param name="fromNs">Its beginning, nanoseconds since 1970.</param>
    /// <param name="toNs">Its end, which it does not contain.</param>
    /// <param name="intervalNs">Length of an interval.</param>
    /// <param name="strategy">Of this strategy; null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A time before 1970, an end before the beginning, no length, or more intervals than allowed.
    /// </exception>
    public StoreRange(long fromNs, long toNs, long intervalNs, string? strategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(toNs, fromNs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(intervalNs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((toNs - fromNs) / intervalNs, IntervalsMax, nameof(intervalNs));
        (FromNs, ToNs, IntervalNs, Strategy) = (fromNs, toNs, intervalNs, strategy);
    }

    /// <summary>Its beginning, nanoseconds since 1970.</summary>
    public long FromNs { get; }

    /// <summary>Its end, which it does not contain.</summary>
    public long ToNs { get; }

    /// <summary>Length of an interval, nanoseconds.</summary>
    public long IntervalNs { get; }

    /// <summary>Of this strategy; null for all.</summary>
    public string? Strategy { get; }
}
