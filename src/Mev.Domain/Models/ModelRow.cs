using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using System.Text;
using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Models;

/// <summary>What a model is told of an opportunity: the features of the sampler and the place in the slot.</summary>
public static class ModelRow
{
    /// <summary>Names of the features, in order.</summary>
    public static ImmutableArray<string> Names { get; } =
        ["size", "congestion", "youth", "poolFraction", "marketFraction", "largeSize", "slotPosition"];

    /// <summary>
    /// Names meaning and order of the features: a model of another schema answers another question, and is refused.
    /// </summary>
    public static Digest SchemaHash { get; } =
        Digest.Of(Encoding.UTF8.GetBytes($"mev.offset-row.v1:{string.Join(',', Names)}"));

    /// <summary>The row of an opportunity.</summary>
    /// <param name="features">What the sampler knows of it.</param>
    /// <param name="slotPosition">Place in the slot, 0 to 1.</param>
    public static Vector256<float> Of(in FeatureVector features, double slotPosition) => Vector256.Create(
        (float)features.Size, (float)features.Congestion, (float)features.Youth, (float)features.PoolFraction,
        (float)features.MarketFraction, (float)features.LargeSize, (float)slotPosition, 0.0f);
}
