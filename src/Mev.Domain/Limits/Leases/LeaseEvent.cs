using Mev.Domain.Chain;

namespace Mev.Domain.Limits.Leases;

/// <summary>
/// What a book of leases is folded from, in the order of the log. Whoever grants appends first, and hands the lease out
/// only once the fold up to its own record took it.
/// </summary>
public abstract record LeaseEvent
{
    /// <summary>The limit is this one from now on; leases that are out keep their amounts.</summary>
    /// <param name="Limit">0 or more.</param>
    public sealed record LimitSet(Lamports Limit) : LeaseEvent;

    /// <summary>What was spent counts no more: a new window of the limit began. Leases that are out go on.</summary>
    public sealed record WindowOpened : LeaseEvent;

    /// <summary>A lease was granted.</summary>
    /// <param name="Lease">Its number is the next of the book.</param>
    public sealed record Granted(Lease Lease) : LeaseEvent;

    /// <summary>The holder gave it back and spends nothing of it any more.</summary>
    /// <param name="Number">Which lease.</param>
    /// <param name="Spent">What was spent of it.</param>
    public sealed record Returned(ulong Number, Lamports Spent) : LeaseEvent;

    /// <summary>Nobody gave it back and its time is over.</summary>
    /// <param name="Number">Which lease.</param>
    /// <param name="Spent">What durable intents spent of it; none when that is not known: then all of it.</param>
    /// <param name="AtMs">The granter's time, Unix milliseconds.</param>
    public sealed record Expired(ulong Number, Lamports? Spent, long AtMs) : LeaseEvent;
}
