using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Limits.Leases;

/// <summary>
/// How much of one limit is out in leases and spent: the fold of the log, immutable. What is spent and what is out
/// together never exceed the limit by a grant, whoever grants and however often: of two granters that do not see each
/// other, the log's order lets one win and takes nothing of the other.
/// </summary>
public sealed record LeaseBook
{
    /// <summary>
    /// How much longer a lease counts here than for its holder, milliseconds: what two clocks may differ by.
    /// </summary>
    public const long MarginMs = 2_000;

    /// <summary>Leases that are out at most; one more is refused.</summary>
    public const int OpenMax = 1_024;

    /// <summary>A book whose limit is 0.</summary>
    public static LeaseBook Empty { get; } = new();

    /// <summary>The bound of this window.</summary>
    public Lamports Limit { get; private init; }

    /// <summary>Spent in this window, of leases that are not out any more.</summary>
    public Lamports Spent { get; private init; }

    /// <summary>Number of the last grant, 0 before the first.</summary>
    public ulong LastNumber { get; private init; }

    /// <summary>Leases that are out, by number.</summary>
    public ImmutableSortedDictionary<ulong, Lease> Open { get; private init; } =
        ImmutableSortedDictionary<ulong, Lease>.Empty;

    /// <summary>The amounts that are out.</summary>
    public Lamports Out => Open.Values.Aggregate(Lamports.Zero, (sum, lease) => sum + lease.Amount);

    /// <summary>What can be granted; below 0 after the limit was lowered under what is out and spent.</summary>
    public Lamports Left => Limit - Spent - Out;

    /// <summary>The book after an event; null when it is void: it claims what the book does not allow.</summary>
    public LeaseBook? Apply(LeaseEvent change) => change switch
    {
        LeaseEvent.LimitSet set => set.Limit < Lamports.Zero ? null : this with { Limit = set.Limit },
        LeaseEvent.WindowOpened => this with { Spent = Lamports.Zero },
        LeaseEvent.Granted granted => Grant(granted.Lease),
        LeaseEvent.Returned returned => Settle(returned.Number, returned.Spent),
        LeaseEvent.Expired expired => Expire(expired),
        _ => null,
    };

    private LeaseBook? Grant(Lease lease) =>
        lease.Number == LastNumber + 1 // another granter was faster otherwise
        && Open.Count < OpenMax
        && lease.Amount > Lamports.Zero
        && lease.Amount <= Left
            ? this with { LastNumber = lease.Number, Open = Open.Add(lease.Number, lease) }
            : null;

    private LeaseBook? Expire(LeaseEvent.Expired expired) =>
        Open.TryGetValue(expired.Number, out var lease) && expired.AtMs >= lease.EndsMs + MarginMs
            ? Settle(expired.Number, expired.Spent ?? lease.Amount)
            : null;

    private LeaseBook? Settle(ulong number, Lamports spent) =>
        Open.TryGetValue(number, out var lease) && spent >= Lamports.Zero && spent <= lease.Amount
            ? this with { Spent = Spent + spent, Open = Open.Remove(number) }
            : null;
}
