using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Signing;

/// <summary>Trades that a bundle with a foreign transaction has to keep away from.</summary>
public sealed record SigningHistory
{
    /// <summary>The newest slot known.</summary>
    public required Slot Slot { get; init; }

    /// <summary>Trades of every wallet of ours: those of the last slots, and those in flight.</summary>
    public required ImmutableArray<OwnTrade> Own { get; init; }

    /// <summary>
    /// What the foreign transaction was observed to trade. A pool that it locks and that is missing here counts as
    /// traded in every direction.
    /// </summary>
    public required ImmutableArray<PoolTrade> Foreign { get; init; }
}
