using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Bundles;

/// <summary>A chance that a strategy let pass: others may take it, and what they bid is evidence.</summary>
public sealed record SkippedChance
{
    /// <summary>The opportunity.</summary>
    public required OpportunityId Opportunity { get; init; }

    /// <summary>Its hops as they were decided upon.</summary>
    public required ImmutableArray<HopAmounts> Hops { get; init; }

    /// <summary>Every fixed fee that a landing would have cost.</summary>
    public required Lamports Fee { get; init; }

    /// <summary>The newest write that the decision saw, by slot and write version.</summary>
    public required FeedCursor Seen { get; init; }
}
