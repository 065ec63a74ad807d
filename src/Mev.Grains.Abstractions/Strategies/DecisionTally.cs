
namespace Mev.Grains.Abstractions.Strategies;

/// <summary>Decisions by action.</summary>
[GenerateSerializer, Immutable, Alias("mev.decision-tally")]
public readonly record struct DecisionTally(
    [property: Id(0)] long Submits, [property: Id(1)] long Skips, [property: Id(2)] long Blocks)
{
    /// <summary>All of them.</summary>
    public long Total => Submits + Skips + Blocks;
}
