using System.Collections.Immutable;
using Mev.Domain.Feed;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Abstractions.Feed;

/// <summary>A market feed as people see it. Counts are of this process: they begin anew with a restart.</summary>
[GenerateSerializer, Immutable, Alias("mev.feed-view")]
public sealed record FeedView
{
    /// <summary>What it is, for people.</summary>
    [Id(0)] public required string Description { get; init; }

    /// <summary>Batches in the whole feed; null when it has no end or cannot be counted.</summary>
    [Id(1)] public required ulong? BatchesTotal { get; init; }

    /// <summary>How far it was taken.</summary>
    [Id(2)] public required FeedCursor Cursor { get; init; }

    /// <summary>It has ended and everything was settled.</summary>
    [Id(3)] public required bool IsComplete { get; init; }

    /// <summary>Why it waits or ended early; empty when all is well.</summary>
    [Id(4)] public required string Trouble { get; init; }

    /// <summary>Pool states posted to shards.</summary>
    [Id(5)] public required long Updates { get; init; }

    /// <summary>What became of the candidates.</summary>
    [Id(6)] public required DrainCounts Counts { get; init; }

    /// <summary>Pools known.</summary>
    [Id(7)] public required int Pools { get; init; }

    /// <summary>Cycles indexed.</summary>
    [Id(8)] public required int Cycles { get; init; }

    /// <summary>Cycles beyond the index's bound.</summary>
    [Id(9)] public required long CyclesLeftOut { get; init; }

    /// <summary>Market shards laid out; 0 before the snapshot is complete.</summary>
    [Id(10)] public required int Shards { get; init; }

    /// <summary>Ids of the configured strategies, ascending.</summary>
    [Id(11)] public required ImmutableArray<string> Strategies { get; init; }

    /// <summary>The newest opportunities of other base mints than WSOL, the newest last.</summary>
    [Id(12)] public required ImmutableArray<ListedView> Listed { get; init; }

    /// <summary>It cannot go on; <see cref="Trouble"/> says why.</summary>
    [Id(13)] public required bool IsFailed { get; init; }

    /// <summary>Every bounded place of the process, with how often its bound was met.</summary>
    [Id(14)] public required ImmutableArray<LimitCount> Limits { get; init; }

    /// <summary>What came and was not taken as it came, by kind.</summary>
    [Id(15)] public required ImmutableArray<InputCount> Input { get; init; }

    /// <summary>
    /// Slots that the oldest of what was found and not decided upon waits by now; 0 in lock-step.
    /// </summary>
    [Id(16)] public long WaitingSlots { get; init; }

    /// <summary>
    /// When <see cref="Updates"/> and <see cref="Counts"/> were counted, in nanoseconds since 1970; 0 before the first
    /// batch.
    /// </summary>
    [Id(17)] public required long CountedNs { get; init; }
}
