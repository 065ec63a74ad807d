using System.Collections.Immutable;
using Mev.Domain.Decisions;
using Mev.Domain.Feed;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Orleans;

namespace Mev.Journal.Strategies;

/// <summary>A fold as it stood at an offset: state and offset in one object, so neither can be saved alone.</summary>
[GenerateSerializer, Immutable, Alias("mev.strategy-snapshot")]
public sealed record StrategySnapshot
{
    /// <summary>Kind of the posterior.</summary>
    [Id(0)] public SamplerKind Sampler { get; init; }

    /// <summary>Canonical bytes of the posterior; empty before the first snapshot.</summary>
    [Id(1)] public ImmutableArray<byte> Posterior { get; init; } = [];

    /// <summary>Records of the partition that the fold took in: the offset of the next.</summary>
    [Id(2)] public long NextOffset { get; init; }

    /// <summary>Cursor of the last batch decided upon.</summary>
    [Id(3)] public FeedCursor Cursor { get; init; }

    /// <summary>Intents whose outcome may still come, in journal order.</summary>
    [Id(4)] public ImmutableArray<OpenIntent> Open { get; init; } = [];

    /// <summary>Counts.</summary>
    [Id(5)] public StrategyTally Tally { get; init; } = new();

    /// <summary>Decisions by reason number.</summary>
    [Id(6)] public ImmutableArray<long> Reasons { get; init; } = [];

    /// <summary>Outcomes by cause number; empty in a snapshot of an earlier version.</summary>
    [Id(7)] public ImmutableArray<long> Causes { get; init; } = [];

    /// <summary>Offsets of the outcomes that were corrected last, ascending.</summary>
    [Id(8)] public ImmutableArray<long> Corrected { get; init; } = [];

    /// <summary>What is learnt beside the posterior; null in a snapshot of an earlier version.</summary>
    [Id(9)] public BeliefSnapshot? Belief { get; init; }

    /// <summary>What was lost lately; null in a snapshot of an earlier version.</summary>
    [Id(10)] public LossSnapshot? Losses { get; init; }

    /// <summary>What is used of caps; null in a snapshot of an earlier version.</summary>
    [Id(12)] public StrategyUse? Use { get; init; }

    /// <summary>
    /// Cycles that failed, by their hash; none in a snapshot of an earlier version, whose field 11 named them by their
    /// pools: nobody looks for those names any more, so they are dropped.
    /// </summary>
    [Id(13)] public ImmutableArray<CycleFailures> Failures { get; init; } = [];
}
