namespace Mev.Adapters.Solana;

/// <summary>
/// How long to wait before the next attempt: doubles from <paramref name="first"/> to <paramref name="most"/>, of which
/// chance leaves between a half and all, so that many clients of one server do not come back together.
/// </summary>
/// <param name="first">The first wait.</param>
/// <param name="most">The longest wait.</param>
/// <param name="chance">Uniform numbers from 0 to 1.</param>
public sealed class Backoff(TimeSpan first, TimeSpan most, Func<double> chance)
{
    private TimeSpan? _next;

    /// <summary>The wait before the next attempt, which is asked for once for each.</summary>
    public TimeSpan Next()
    {
        var longest = _next ?? first;
        _next = TimeSpan.FromTicks(Math.Min(2 * longest.Ticks, most.Ticks));
        return longest * (0.5 + 0.5 * Math.Clamp(chance(), 0, 1));
    }

    /// <summary>All is well: the next failure waits the first wait again.</summary>
    public void Reset() => _next = null;
}
