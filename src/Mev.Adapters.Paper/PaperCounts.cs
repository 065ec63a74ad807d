namespace Mev.Adapters.Paper;

/// <summary>What the paper market counted since it was made. Its land rate is one without rivals.</summary>
public sealed record PaperCounts
{
    /// <summary>Orders taken, each once.</summary>
    public required long Orders { get; init; }

    /// <summary>Submissions of an order that waited or was settled already; without effect.</summary>
    public required long OrdersRepeated { get; init; }

    /// <summary>Orders that wait for their slot.</summary>
    public required long OrdersPending { get; init; }

    /// <summary>Orders that landed.</summary>
    public required long Landed { get; init; }

    /// <summary>Journalled landings that were applied again at their places.</summary>
    public required long LandingsRepeated { get; init; }

    /// <summary>Journalled landings that came to another value, or did not execute, on what was there.</summary>
    public required long LandingsDiffering { get; init; }

    /// <summary>Refused because the cycle did not pay any more, spent cycles not counted.</summary>
    public required long RefusedLate { get; init; }

    /// <summary>Refused because a cycle that was paid before had taken what it would have paid.</summary>
    public required long RefusedSpent { get; init; }

    /// <summary>Refused because it paid no more than the tip.</summary>
    public required long RefusedValueGuard { get; init; }

    /// <summary>Refused because the tip was not above the competing one.</summary>
    public required long RefusedOutbid { get; init; }

    /// <summary>Refused because the hops make no WSOL cycle over known pools.</summary>
    public required long RefusedBug { get; init; }

    /// <summary>Refused because too many cycles were paid whose gaps still stand.</summary>
    public required long RefusedFull { get; init; }

    /// <summary>
    /// Not settled: the states were not known (gap, dead slot, missing account) or the feed ended before.
    /// </summary>
    public required long Unknown { get; init; }

    /// <summary>Recorded orders executed again on a moved pool.</summary>
    public required long SwapsExecutedAgain { get; init; }

    /// <summary>Recorded orders that failed there and were dropped.</summary>
    public required long SwapsDropped { get; init; }

    /// <summary>Times that a feed's bytes without an order took a moved pool back.</summary>
    public required long PoolsReset { get; init; }

    /// <summary>Accounts that were not kept because too many came before their pools.</summary>
    public required long AccountsLost { get; init; }
}
