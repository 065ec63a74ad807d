using System.Collections.Immutable;
using Mev.Domain.Learning;
using Mev.Domain.Pools;
using Orleans;

namespace Mev.Journal.Strategies;

/// <summary>What a strategy learns beside its posterior, as it stood.</summary>
[GenerateSerializer, Immutable, Alias("mev.belief-snapshot")]
public sealed record BeliefSnapshot
{
    /// <summary>Epoch of the posterior.</summary>
    [Id(0)] public required ulong Epoch { get; init; }

    /// <summary>An operator has frozen it.</summary>
    [Id(1)] public required bool IsFrozen { get; init; }

    /// <summary>Moving average of winning fractions over all pools.</summary>
    [Id(2)] public required double MarketFraction { get; init; }

    /// <summary>The same of each pool that has one, ascending by pool.</summary>
    [Id(3)] public required ImmutableArray<PoolFraction> PoolFractions { get; init; }

    /// <summary>The last losses, oldest first: 1 where the cause was seen.</summary>
    [Id(4)] public required ImmutableArray<byte> Losses { get; init; }

    /// <summary>Outcomes that it learnt from in this epoch.</summary>
    [Id(5)] public required long Learnt { get; init; }

    /// <summary>Outcomes of this epoch that came while it was frozen: never learnt from.</summary>
    [Id(6)] public required long Held { get; init; }

    /// <summary>Its history.</summary>
    [Id(7)] public required ImmutableArray<PosteriorPoint> History { get; init; }

    /// <summary>Outcomes between two points of the history.</summary>
    [Id(8)] public required long HistoryStep { get; init; }

    /// <summary>Outcomes of all epochs that were learnt from.</summary>
    [Id(9)] public required long HistoryOutcomes { get; init; }

    /// <summary>Offset of the command behind the last freeze or thaw, plus one; 0 without one.</summary>
    [Id(10)] public ulong HoldOffset { get; init; }

    /// <summary>A pool and its moving average.</summary>
    /// <param name="Pool">The pool.</param>
    /// <param name="Fraction">0 to 1.2.</param>
    [GenerateSerializer, Immutable, Alias("mev.pool-fraction")]
    public readonly record struct PoolFraction([property: Id(0)] PoolId Pool, [property: Id(1)] double Fraction);
}
