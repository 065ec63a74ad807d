namespace Mev.Journal.Stores.Queries;

/// <summary>
/// Durations of a stage in one interval, nanoseconds. A quantile is the smallest duration that at least so many of all
/// do not exceed. Records whose times cannot be (unknown, or running backwards) do not count.
/// </summary>
/// <param name="AtNs">Beginning of the interval, nanoseconds since 1970.</param>
/// <param name="Stage">Which stretch.</param>
/// <param name="Count">Durations.</param>
/// <param name="P50Ns">Median.</param>
/// <param name="P90Ns">90 %.</param>
/// <param name="P99Ns">99 %.</param>
/// <param name="P999Ns">99.9 %.</param>
/// <param name="MaxNs">Longest.</param>
public sealed record LatencyPoint(
    long AtNs, LatencyStage Stage, long Count, long P50Ns, long P90Ns, long P99Ns, long P999Ns, long MaxNs);
