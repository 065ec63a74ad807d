
namespace Mev.Grains.Abstractions.Bundles;

/// <summary>Where a durable outcome stands in the journal, and whose it is.</summary>
[GenerateSerializer, Immutable, Alias("mev.outcome-reference")]
public readonly record struct OutcomeReference(
    [property: Id(0)] string Strategy, [property: Id(1)] int Partition, [property: Id(2)] long Offset);
