using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Decisions;
using Mev.Domain.Feed;
using Mev.Domain.Learning;

namespace Mev.Grains.Abstractions.Strategies;

/// <summary>A strategy as people see it.</summary>
[GenerateSerializer, Immutable, Alias("mev.strategy-view")]
public sealed record StrategyView
{
    /// <summary>What it is made of.</summary>
    [Id(0)] public required StrategyParameters Parameters { get; init; }

    /// <summary>What it believes.</summary>
    [Id(1)] public required PosteriorDescription Posterior { get; init; }

    /// <summary>What it did and what came of it.</summary>
    [Id(2)] public required StrategyTally Tally { get; init; }

    /// <summary>Decisions by reason.</summary>
    [Id(3)] public required ImmutableDictionary<DecisionReason, long> Reasons { get; init; }

    /// <summary>Its journal partition.</summary>
    [Id(4)] public required int Partition { get; init; }

    /// <summary>Records of the partition that its state includes.</summary>
    [Id(5)] public required long NextOffset { get; init; }

    /// <summary>How far the feed was decided upon.</summary>
    [Id(6)] public required FeedCursor Cursor { get; init; }

    /// <summary>Submissions without an outcome.</summary>
    [Id(7)] public required int OpenSubmissions { get; init; }

    /// <summary>Outcomes by cause.</summary>
    [Id(8)]
    public ImmutableDictionary<OutcomeCause, long> Causes { get; init; } =
        ImmutableDictionary<OutcomeCause, long>.Empty;

    /// <summary>Whether and from how much it learns.</summary>
    [Id(9)] public required LearningView Learning { get; init; }
}
