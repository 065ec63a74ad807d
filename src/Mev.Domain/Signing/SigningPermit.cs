namespace Mev.Domain.Signing;

/// <summary>Permission to send for a while. Both clocks must agree that it lasts: a machine may have slept.</summary>
/// <param name="Epoch">The stop state for which it was given.</param>
/// <param name="EndsAt">Its end by the time.</param>
/// <param name="EndsAtUptime">Its end by the clock that nobody sets.</param>
public sealed record SigningPermit(ulong Epoch, DateTimeOffset EndsAt, TimeSpan EndsAtUptime)
{
    /// <summary>It lasts at that moment by both clocks.</summary>
    public bool Lasts(DateTimeOffset now, TimeSpan uptime) => now < EndsAt && uptime < EndsAtUptime;
}
