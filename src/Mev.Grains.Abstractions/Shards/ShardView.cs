using Mev.Domain.Opportunities;

namespace Mev.Grains.Abstractions.Shards;

/// <summary>A market shard as people see it.</summary>
[GenerateSerializer, Immutable, Alias("mev.shard-view")]
public sealed record ShardView
{
    /// <summary>Its number.</summary>
    [Id(0)] public required int Shard { get; init; }

    /// <summary>Pools that its cycles use.</summary>
    [Id(1)] public required int Pools { get; init; }

    /// <summary>Cycles that it evaluates.</summary>
    [Id(2)] public required int Cycles { get; init; }

    /// <summary>Pool states taken from the mailbox.</summary>
    [Id(3)] public required long Updates { get; init; }

    /// <summary>Drains.</summary>
    [Id(4)] public required long Drains { get; init; }

    /// <summary>Pool states that a later one replaced before they were taken.</summary>
    [Id(5)] public required long Conflated { get; init; }

    /// <summary>Pools that wait in the mailbox.</summary>
    [Id(6)] public required int Depth { get; init; }

    /// <summary>What became of the candidates.</summary>
    [Id(7)] public required DrainCounts Counts { get; init; }
}
