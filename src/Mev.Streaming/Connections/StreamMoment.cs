namespace Mev.Streaming.Connections;

/// <summary>A point in time.</summary>
/// <param name="Ms">Milliseconds of a monotonic clock.</param>
/// <param name="UnixUs">Microseconds since 1970.</param>
public readonly record struct StreamMoment(long Ms, ulong UnixUs);
