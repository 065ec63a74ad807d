using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Grains.Abstractions.Streams;

/// <summary>A pool as a shard holds it, in short.</summary>
[GenerateSerializer, Immutable, Alias("mev.pool-summary")]
public sealed record PoolSummary
{
    /// <summary>Its address.</summary>
    [Id(0)] public required PoolId Id { get; init; }

    /// <summary>Its program.</summary>
    [Id(1)] public required Protocol Protocol { get; init; }

    /// <summary>Mint A.</summary>
    [Id(2)] public required Pubkey MintA { get; init; }

    /// <summary>Mint B.</summary>
    [Id(3)] public required Pubkey MintB { get; init; }

    /// <summary>Slot of the newest account version.</summary>
    [Id(4)] public required Slot Slot { get; init; }

    /// <summary>Why its bytes cannot be quoted; none when they can.</summary>
    [Id(5)] public required PoolDefect Defect { get; init; }

    /// <summary>Whether it is torn, stale or gapped.</summary>
    [Id(6)] public required PoolCondition Condition { get; init; }

    /// <summary>B per A at the margin, after fees, in smallest units; 0 when not quotable. For display only.</summary>
    [Id(7)] public required double RateAToB { get; init; }

    /// <summary>A per B at the margin, after fees, in smallest units; 0 when not quotable. For display only.</summary>
    [Id(8)] public required double RateBToA { get; init; }
}
