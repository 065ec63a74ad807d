using System.Collections.Immutable;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;

namespace Mev.Grains.Abstractions.Strategies;

/// <summary>Where a strategy stood when it stopped.</summary>
[GenerateSerializer, Immutable, Alias("mev.resume-point")]
public sealed record ResumePoint
{
    /// <summary>Cursor of its last durable batch; position 0 when there is none.</summary>
    [Id(0)] public required FeedCursor Cursor { get; init; }

    /// <summary>
    /// Decisions that are durable, all of them counted: what rose since a round was asked for tells that the round is.
    /// </summary>
    [Id(3)] public required long Decisions { get; init; }

    /// <summary>Intents without an outcome, in journal order.</summary>
    [Id(1)] public required ImmutableArray<IntentReference> OpenIntents { get; init; }

    /// <summary>The opportunities of those intents, in the same order.</summary>
    [Id(2)] public required ImmutableArray<OpportunityId> OpenOpportunities { get; init; }
}
