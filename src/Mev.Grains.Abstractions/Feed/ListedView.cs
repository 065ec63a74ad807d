using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Abstractions.Feed;

/// <summary>An opportunity in another base mint than WSOL: shown, never decided upon.</summary>
[GenerateSerializer, Immutable, Alias("mev.listed-view")]
public sealed record ListedView
{
    /// <summary>Names the chance.</summary>
    [Id(0)] public required OpportunityId Id { get; init; }

    /// <summary>The mint that it starts and ends in.</summary>
    [Id(1)] public required Pubkey BaseMint { get; init; }

    /// <summary>Out minus in, in units of the base mint, before fees.</summary>
    [Id(2)] public required TokenAmount GrossProfit { get; init; }

    /// <summary>Highest slot among the states used.</summary>
    [Id(3)] public required Slot Slot { get; init; }

    /// <summary>The hops with their exact amounts.</summary>
    [Id(4)] public required ImmutableArray<HopAmounts> Hops { get; init; }
}
