using System.Collections.Immutable;
using Mev.Domain.Learning;

namespace Mev.Grains.Abstractions.Strategies;

/// <summary>Whether and from how much a strategy learns.</summary>
[GenerateSerializer, Immutable, Alias("mev.learning-view")]
public sealed record LearningView
{
    /// <summary>Why it learns or does not.</summary>
    [Id(0)] public required LearningState State { get; init; }

    /// <summary>Share of the last losses (at most 200) of which nobody saw the cause, 0 to 1.</summary>
    [Id(1)] public required double UnseenShare { get; init; }

    /// <summary>Losses that this is of.</summary>
    [Id(2)] public required int Losses { get; init; }

    /// <summary>Outcomes that it learnt from in this epoch.</summary>
    [Id(3)] public required long Learnt { get; init; }

    /// <summary>Outcomes that came while it was frozen: never learnt from.</summary>
    [Id(4)] public required long Held { get; init; }

    /// <summary>Moving average of winning fractions over all pools.</summary>
    [Id(5)] public required double MarketFraction { get; init; }

    /// <summary>Congestion as its decisions take it now, in standard deviations.</summary>
    [Id(6)] public required double Congestion { get; init; }

    /// <summary>How the belief came about, oldest point first.</summary>
    [Id(7)] public required ImmutableArray<PosteriorPoint> History { get; init; }

    /// <summary>Pools with a moving average of their own, at most 4,096; one beyond counts as unseen.</summary>
    [Id(8)] public required int PoolsSeen { get; init; }
}
