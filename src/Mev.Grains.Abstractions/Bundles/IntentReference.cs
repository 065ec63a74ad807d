
namespace Mev.Grains.Abstractions.Bundles;

/// <summary>Where a durable intent stands in the journal.</summary>
[GenerateSerializer, Immutable, Alias("mev.intent-reference")]
public readonly record struct IntentReference([property: Id(0)] int Partition, [property: Id(1)] long Offset);
