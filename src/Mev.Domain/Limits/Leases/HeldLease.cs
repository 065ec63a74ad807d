using Mev.Domain.Chain;

namespace Mev.Domain.Limits.Leases;

/// <summary>
/// A lease as its holder has it: what is left of it, and until when by both of its clocks. Both count from the moment
/// at which it asked, which was before the grant; immutable.
/// </summary>
/// <param name="Lease">What was granted.</param>
/// <param name="Left">What may still be spent.</param>
/// <param name="EndsAt">Its end by the time.</param>
/// <param name="EndsAtUptime">Its end by the clock that nobody sets.</param>
public sealed record HeldLease(Lease Lease, Lamports Left, DateTimeOffset EndsAt, TimeSpan EndsAtUptime)
{
    /// <summary>What was granted to somebody who asked at that moment for that long.</summary>
    public static HeldLease Of(Lease lease, DateTimeOffset askedAt, TimeSpan askedAtUptime, TimeSpan duration) =>
        new(lease, lease.Amount, askedAt + duration, askedAtUptime + duration);

    /// <summary>The lease after a spending; null when it is not enough, or over by either clock.</summary>
    public HeldLease? Spend(Lamports amount, DateTimeOffset now, TimeSpan uptime) =>
        amount >= Lamports.Zero && amount <= Left && now < EndsAt && uptime < EndsAtUptime
            ? this with { Left = Left - amount }
            : null;
}
